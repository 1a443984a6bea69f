// The page is what its program writes, and no solver is missing from it.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as optim from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import { contestants } from '../src/contestants.ts'

describe('docs/solvers.md', () => {
  it('and its drawings are up to date (run `pnpm --filter @logodds/solver-page start`)', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'solver-page-'))
    try {
      // As `start` does: outside of the test runner, whose imports are too slow for so many questions.
      const tsx = createRequire(import.meta.url).resolve('tsx/cli')
      execFileSync(process.execPath, [tsx, '--conditions=@logodds/source', 'src/write.ts', folder], {
        cwd: new URL('..', import.meta.url),
      })
      const written = readdirSync(folder)
      const docs = path.join(import.meta.dirname, '../../../docs')
      expect(written.sort()).toEqual(
        readdirSync(docs)
          .filter((name) => name.startsWith('solvers'))
          .sort(),
      )
      expect(written.length).toBe(6)
      for (const name of written) {
        const same =
          readFileSync(path.join(folder, name), 'utf8') === readFileSync(path.join(docs, name), 'utf8')
        expect([name, same]).toEqual([name, true])
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('compares every solver of optim', () => {
    const compared = new Set(Object.values(contestants).flatMap((all) => all.map(({ solver }) => solver)))
    // What optim exports besides.
    const others = [
      ...['minimize', 'minimizeAsync', 'minimizeTogether', 'stepThrough', 'outcomeOf', 'outcomesOf'],
      ...['until', 'untilGap', 'relativeGradient', 'relativeDecrease', 'checkDerivatives'],
      ...['armijo', 'wolfe', 'conjugateGradient', 'forcingTerm', 'cholesky', 'choleskySolve'],
      ...['penalized', 'addPenalty', 'none', 'l1', 'l2', 'elasticNet', 'groupLasso', 'box', 'nonNegative'],
      ...['mcp', 'scad', 'byHessian', 'byModel'],
    ]
    const exported = Object.entries(optim).filter(([, value]) => typeof value === 'function')
    const missing = exported
      .map(([name]) => name)
      .filter((name) => !compared.has(name) && !others.includes(name))
    expect(missing).toEqual([])
    for (const name of compared) expect(optim).toHaveProperty(name)
  })
})
