// A process of Node's own: workers start there as soon as they pay, and keep it from nothing.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { threads } from '../src/index.ts'
import { bundled } from './page/bundled.ts'
import { everything } from './page/everything.ts'

const script = new URL('./page/process.ts', import.meta.url)
let folder: string
let expected: Record<string, string>
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'logodds-process-'))
  threads(1)
  expected = everything()
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

interface Said {
  readonly threads: number
  readonly helped: number
  readonly said: Record<string, string>
}

/** What the process says, and in how many ms after that it ended. */
function run<Answer = Said>(
  file: string,
  ...options: string[]
): Promise<Answer & { readonly ended: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...options, file], { stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let errors = ''
    let at = 0
    child.stdout.on('data', (text) => {
      out += text
      at = performance.now()
    })
    child.stderr.on('data', (text) => {
      errors += text
    })
    child.on('error', reject)
    child.on('exit', (code) => {
      if (code === 0) resolve({ ...(JSON.parse(out) as Answer), ended: performance.now() - at })
      else reject(new Error(`${code}: ${errors}`))
    })
  })
}

describe.each(['esm', 'cjs'] as const)('%s', (format) => {
  it('workers take part without being asked, and the process ends while they are there', async () => {
    const file = path.join(folder, format === 'esm' ? 'script.mjs' : 'script.cjs')
    writeFileSync(file, await bundled(script, format))
    const { helped, said, ended, ...rest } = await run(file)
    expect(rest.threads).toBe(2)
    expect(helped).toBeGreaterThanOrEqual(20)
    expect(Object.keys(expected).filter((name) => said[name] !== expected[name])).toEqual([])
    // Workers would stay for 3 s.
    expect(ended).toBeLessThan(2500)
  })
})

it('a process that may not have workers has one thread', async () => {
  const file = path.join(folder, 'permissions.cjs')
  writeFileSync(file, await bundled(script, 'cjs'))
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission'
  const { said, ...rest } = await run(file, permission, '--allow-fs-read=*')
  expect([rest.threads, rest.helped]).toEqual([1, 0])
  expect(Object.keys(expected).filter((name) => said[name] !== expected[name])).toEqual([])
})

it('matrices that nobody holds are collected, though threads share them', async () => {
  const file = path.join(folder, 'many.mjs')
  writeFileSync(file, await bundled(new URL('./page/many.ts', import.meta.url), 'esm'))
  const { helped, matrices, bytes, most } =
    await run<Record<'helped' | 'matrices' | 'bytes' | 'most', number>>(file)
  expect(helped).toBeGreaterThanOrEqual(matrices * 5)
  expect(most).toBeLessThan((matrices * bytes) / 2)
})
