// The page is what its program writes, and no solver is missing from it.
import { readFileSync } from 'node:fs'
import * as optim from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import { contestants } from '../src/contestants.ts'
import { page } from '../src/page.ts'

describe('docs/solvers.md', () => {
  it('and its drawings are up to date (run `pnpm --filter @logodds/solver-page start`)', () => {
    const files = page()
    expect([...files.keys()].sort()).toEqual([
      'solvers-bounds.svg',
      'solvers-hinge.svg',
      'solvers-lasso.svg',
      'solvers-ridge.svg',
      'solvers-softmax.svg',
      'solvers.md',
    ])
    for (const [name, text] of files)
      expect(readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8') === text, name).toBe(
        true,
      )
  })

  it('compares every solver of optim', () => {
    const compared = new Set(Object.values(contestants).flatMap((all) => all.map(({ solver }) => solver)))
    // What optim exports besides.
    const others = [
      ...['minimize', 'minimizeAsync', 'minimizeTogether', 'stepThrough', 'outcomeOf', 'outcomesOf'],
      ...['until', 'untilGap', 'relativeGradient', 'relativeDecrease', 'checkDerivatives'],
      ...['armijo', 'wolfe', 'conjugateGradient', 'forcingTerm', 'cholesky', 'choleskySolve'],
      ...['penalized', 'addPenalty', 'none', 'l1', 'l2', 'elasticNet', 'groupLasso', 'box', 'nonNegative'],
      ...['mcp', 'scad', 'byHessian'],
    ]
    const exported = Object.entries(optim).filter(([, value]) => typeof value === 'function')
    const missing = exported
      .map(([name]) => name)
      .filter((name) => !compared.has(name) && !others.includes(name))
    expect(missing).toEqual([])
    for (const name of compared) expect(optim).toHaveProperty(name)
  })
})
