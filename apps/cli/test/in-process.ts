// Runs the command line in the test's own process, in a folder of its own.
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { run } from '../src/main.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export const fixturePath = (name: string) => join(import.meta.dirname, 'fixtures', name)

export function fixtureJson<Value>(name: string): Value {
  return JSON.parse(readFileSync(fixturePath(name), 'utf8')) as Value
}

/** A folder that is removed after the test, with some of the fixtures in it, and the command line standing there. */
export function folderWith(...fixtures: string[]) {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'logodds-')))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  for (const name of fixtures) copyFileSync(fixturePath(name), join(path, name))
  return {
    path,
    files: () => (readdirSync(path, { recursive: true }) as string[]).sort(),
    read: (name: string) => readFileSync(join(path, name), 'utf8'),
    write: (name: string, text: string) => writeFileSync(join(path, name), text),
    logodds: (...argv: string[]) => logoddsIn(path, argv),
    /** The document that a command prints with --json; it has to succeed (or to end with `code`). */
    async json<Document>(argv: string[], code = 0): Promise<Document> {
      const ran = await logoddsIn(path, [...argv, '--json'])
      if (ran.code !== code) throw new Error(`expected exit code ${code}, got ${ran.code}: ${ran.err}`)
      return JSON.parse(ran.out) as Document
    },
  }
}

export async function logoddsIn(cwd: string, argv: readonly string[], colour = false): Promise<Ran> {
  let [out, err] = ['', '']
  const code = await run(argv, {
    cwd,
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    colour: { out: colour, err: colour },
  })
  return { code, out, err }
}

/** One line on stderr, nothing on stdout, exit code 2: what every mistake of the user's gives. */
export function refusal({ code, out, err }: Ran): string {
  if (code !== 2 || out !== '' || !/^[^\n]+\n$/.test(err))
    throw new Error(`expected a refusal in one line, got exit code ${code}, stdout ${out}, stderr ${err}`)
  return err.trimEnd()
}

/** Lines longer than a terminal of 80 columns. */
export function longLines(text: string): string[] {
  return text.split('\n').filter((line) => [...line].length > 80)
}
