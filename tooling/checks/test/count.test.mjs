import { expect, test } from 'vitest'
import { count, line } from '../count.mjs'
import { plant } from './planted.mjs'

const manifest = { name: 'a', scripts: { test: 'vitest run' } }
const report = (success, ...testResults) => ({
  success,
  numPassedTests: testResults
    .flatMap((file) => file.assertionResults)
    .filter(({ status }) => status === 'passed').length,
  testResults,
})
const file = (status, ...tests) => ({
  name: '/x/a.test.ts',
  status,
  assertionResults: tests.map((result) => ({ status: result, fullName: `one that is ${result}` })),
})

function counted(content, others = {}) {
  const reports = content === undefined ? {} : { 'packages/a/reports/vitest.json': content }
  return count(plant({ 'packages/a/package.json': manifest, ...reports, ...others }))
}

test('passed, failed and skipped tests of all packages are added up', () => {
  const total = counted(
    report(false, file('failed', 'passed', 'failed', 'skipped'), file('passed', 'passed')),
    {
      'apps/b/package.json': manifest,
      'apps/b/reports/vitest.json': report(true, file('passed', 'passed', 'pending', 'todo')),
      'tooling/c/package.json': { name: 'c' },
    },
  )
  expect(line(total)).toBe('3 passed, 1 failed, 3 skipped')
  expect(total.notes).toEqual(['packages/a: failed: a.test.ts one that is failed'])
})

test.each([
  [
    'a file that does not load',
    report(false, file('failed'), file('passed', 'passed')),
    '1 passed, 1 failed, 0 skipped',
  ],
  ['an error outside of any test', report(false, file('passed', 'passed')), '1 passed, 1 failed, 0 skipped'],
  ['no test file at all', report(true), '0 passed, 1 failed, 0 skipped'],
  ['a missing report', undefined, '0 passed, 1 failed, 0 skipped'],
  ['a broken report', '{', '0 passed, 1 failed, 0 skipped'],
])('%s is a failure', (_, content, expected) => expect(line(counted(content))).toBe(expected))
