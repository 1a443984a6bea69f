import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { fencesOf, instrument, roundsTo, shows } from '../readme.mjs'

const vitest = path.join(
  path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
)

function runFixture(name) {
  const root = fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))
  const config = fileURLToPath(new URL('fixtures/vitest.config.mjs', import.meta.url))
  const run = spawnSync(process.execPath, [vitest, 'run', '--root', root, '--config', config], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  expect(run.stdout, run.stderr).toMatch(/^\{/)
  return { status: run.status, report: JSON.parse(run.stdout) }
}

describe('a README as a whole', () => {
  test('true examples pass, no-run is skipped', () => {
    const { status, report } = runFixture('right')
    expect([status, report.numPassedTests, report.numPendingTests]).toEqual([0, 2, 1])
  })

  test('each false example fails, with its line', () => {
    const { status, report } = runFixture('wrong')
    expect(status).toBe(1)
    const tests = report.testResults[0].assertionResults
    const failures = tests
      .filter((result) => result.status === 'failed')
      .map((result) => result.failureMessages[0])
    expect(tests.length).toBe(6)
    expect(failures.map((message) => message.split('\n')[0])).toEqual([
      expect.stringContaining('README line 4: the value is 3.141592653589793, shown is 3.15'),
      expect.stringContaining('it throws'),
      expect.stringContaining('"// → about three": the value after an arrow must be a JavaScript literal'),
      expect.stringContaining('values shown with an arrow that belong to no expression'),
      expect.stringContaining('README line 22: the value[1] is 2, shown is 3'),
    ])
  })
})

test('fences are found with their lines, and an open one is an error', () => {
  const markdown = '# t\n\n```ts\na\nb\n```\n~~~ts no-run\nc\n~~~\n```js\nd\n```\n'
  expect(fencesOf(markdown)).toEqual([
    { line: 4, code: 'a\nb', skipped: false },
    { line: 8, code: 'c', skipped: true },
  ])
  expect(() => fencesOf('```ts\na')).toThrow('the fence before line 2 is never closed')
})

test('a rewritten example keeps its lines', () => {
  const code = "import { f } from 'f'\n\nf(1) // 2\nf(2) // twice\n"
  expect(instrument(code, 10).code.split('\n')).toEqual([
    expect.stringMatching(/^import .*import \{ f \} from 'f'$/),
    '',
    '__shows(f(1), "2", 12) // 2',
    'f(2) // twice',
    '',
  ])
})

test.each([
  [0.9525741268224334, '0.9525741268224334', true],
  [0.9525741268224331, '0.9525741268224334', false],
  [0.9525741268224334, '0.953', true],
  [0.9525741268224334, '0.952', false],
  [0.25, '0.3', true],
  [4.9, '5', false],
  [5.04, '5.0', true],
  [5.06, '5.0', false],
  [1.4e-16, '1e-16', true],
  [1.6e-16, '1e-16', false],
  [-1.25e10, '-1.25e10', true],
  [Number.NaN, '0.5', false],
])('%s rounds to %s: %s', (value, numeral, expected) => expect(roundsTo(value, numeral)).toBe(expected))

test.each([
  ['text', "'text'"],
  [null, 'null'],
  [undefined, 'undefined'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
  [new Float64Array([1, -2.5]), '[1, -2.5]'],
  [{ a: [true, { b: 'c' }] }, "{ a: [true, { b: 'c' }] }"],
])('%j is shown by %s', (value, claim) => expect(shows(value, claim, 1)).toBe(value))

test.each([
  ['text', "'Text'"],
  [0, 'null'],
  [null, 'undefined'],
  ['1', '1'],
  [1, "'1'"],
  [1, 'true'],
  [[1, 2, 3], '[1, 2]'],
  [{ a: 1, b: 2 }, '{ a: 1 }'],
  [{ a: 1 }, '{ a: 1, b: 2 }'],
  [null, '{ a: 1 }'],
  ['ab', "['a', 'b']"],
])('%j is not shown by %s', (value, claim) => expect(() => shows(value, claim, 7)).toThrow('README line 7'))
