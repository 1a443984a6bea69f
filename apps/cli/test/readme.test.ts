// The commands of README.md run, and print what it says they print.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { folderWith } from './in-process.ts'

interface Shown {
  argv: string[]
  output: string
}

/** Each `$ logodds …` line of a ```console block, with the lines under it. */
function commandsOf(markdown: string): Shown[] {
  const blocks = Array.from(markdown.matchAll(/^```console\n([\s\S]*?)^```/gm), (match) => match[1])
  return blocks.flatMap((block) =>
    block
      .split(/^\$ logodds /m)
      .slice(1)
      .map((text) => {
        const [line, ...output] = text.split('\n')
        return { argv: line.split(' '), output: output.join('\n') }
      }),
  )
}

// How small the gradient gets, and in how many passes, may change with the solvers.
const steady = (text: string) =>
  text
    .replaceAll(/gradient norm \S+|\d+ (?=iterations|passes)/g, '#')
    .replaceAll(/\s+/g, ' ')
    .trim()

test('the commands run, and where output is shown, that is the output', async () => {
  const commands = commandsOf(readFileSync(new URL('../README.md', import.meta.url), 'utf8'))
  expect(commands.length).toBeGreaterThan(5)
  const folder = folderWith('spector.csv', 'alligators.csv')
  for (const { argv, output } of commands) {
    const { code, out, err } = await folder.logodds(...argv)
    expect(code, `${argv.join(' ')}: ${err}`).toBe(0)
    if (argv.includes('--json')) expect(() => JSON.parse(out)).not.toThrow()
    if (output.trim() !== '') expect(steady(out), argv.join(' ')).toBe(steady(output))
  }
})

test('the table of commands is that of the program', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const named = Array.from(readme.matchAll(/^\| `logodds (\w+)/gm), (match) => match[1])
  const { out } = await folderWith().logodds('--help')
  const listed = Array.from(out.matchAll(/^ {2}(\w+) {2,}/gm), (match) => match[1])
  expect(named.sort()).toEqual(
    listed.filter((name) => !['compare', 'diagnose', 'help'].includes(name)).sort(),
  )
})
