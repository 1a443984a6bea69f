// The page that is committed has a table, and a line in the summary, for every task there is.
import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { entries } from '../entries.ts'
import { here } from '../programs.ts'
import { page } from '../report.ts'
import { nameOf } from '../task.ts'

const file = here('../../docs/performance.md')
const pages: Record<string, string> = {
  'a page of all tasks': page(
    entries.map((entry) => ({
      table: `### ${nameOf(entry)}: ${entry.title}\n`,
      summary: [
        {
          task: `${nameOf(entry)}, ${entry.title}`,
          threads: 1,
          peer: undefined,
          own: undefined,
          first: undefined,
        },
      ],
    })),
  ),
  ...(existsSync(file) ? { 'docs/performance.md': readFileSync(file, 'utf8') } : {}),
}

it.each(Object.entries(pages))('%s names each of them, and when and where it was measured', (_, text) => {
  for (const entry of entries) {
    expect(text).toMatch(`\n### ${nameOf(entry)}: ${entry.title}\n`)
    expect(text).toMatch(new RegExp(`^\\| ${nameOf(entry)}[ ,]`, 'm'))
  }
  expect(text).toMatch(
    /^Measured on \d{4}-\d\d-\d\d on a shared machine \(.+, \d+ cores, \d+ GiB, Node [\d.]+\)/m,
  )
})
