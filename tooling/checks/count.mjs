// Adds up the test reports of all packages and prints one line: N passed, N failed, N skipped.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, workspacePackages } from './workspace.mjs'

/** `{ passed, failed, skipped, notes }`. A test file that did not load, or a package without a report, is a failure. */
export function count(from = root) {
  const total = { passed: 0, failed: 0, skipped: 0, notes: [] }
  for (const { folder, place, manifest } of workspacePackages(from)) {
    if (!manifest.scripts?.test) continue
    const { passed, failed, skipped, notes } = countOne(path.join(folder, 'reports/vitest.json'))
    total.passed += passed
    total.failed += failed
    total.skipped += skipped
    total.notes.push(...notes.map((note) => `${place}: ${note}`))
  }
  return total
}

function countOne(file) {
  const nothing = { passed: 0, failed: 1, skipped: 0 }
  if (!existsSync(file)) return { ...nothing, notes: ['has tests but no report'] }
  let report
  try {
    report = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { ...nothing, notes: ['its report is not JSON'] }
  }
  const notes = []
  const result = { passed: report.numPassedTests, failed: 0, skipped: 0, notes }
  for (const { name, status, assertionResults } of report.testResults) {
    const failures = assertionResults.filter((test) => test.status === 'failed')
    for (const test of failures) notes.push(`failed: ${path.basename(name)} ${test.fullName}`)
    result.failed += failures.length
    result.skipped += assertionResults.filter(
      (test) => test.status !== 'failed' && test.status !== 'passed',
    ).length
    if (status === 'failed' && failures.length === 0) {
      notes.push(`failed as a file: ${path.basename(name)}`)
      result.failed += 1
    }
  }
  // An error outside of any test, or no test at all.
  if (result.failed === 0 && (!report.success || report.testResults.length === 0)) {
    notes.push('the run as a whole failed')
    result.failed = 1
  }
  return result
}

export const line = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const total = count()
  for (const note of total.notes) console.log(note)
  console.log(line(total))
  process.exitCode = total.failed > 0 ? 1 : 0
}
