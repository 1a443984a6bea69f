// One factorisation for all columns of η: what it is the inverse of, and what it saves.
import {
  binaryCrossEntropyBlocks,
  blockForm,
  categoricalCrossEntropyBlocks,
  type VectorLoss,
} from '@logodds/core'
import { l2, lbfgs, minimize } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import { type Design, dense, kroneckerLbfgs, type Problem, type SolverContext } from '../src/index.ts'
import { kroneckerPreconditioner } from '../src/kronecker-preconditioner.ts'
import { problemOracle } from '../src/objective.ts'
import { sampleRows } from '../src/row-sample.ts'

function random(seed: number) {
  let state = seed
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state + 0.5) / 2 ** 32
  }
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
  return { uniform, normal }
}

/** Correlated columns on scales from 1 to 1000, centred and scaled; classes by noisy scores, the last one rare. */
function made(n: number, p: number, K: number): { design: Design; problem: Problem } {
  const { uniform, normal } = random(n + p)
  const W = Array.from({ length: p * K }, normal)
  const X = Array.from({ length: n }, () => {
    const factor = normal()
    return Array.from({ length: p }, (_, j) => 1000 ** (j / p) * (factor + 0.2 * normal()))
  })
  const y = Float64Array.from(X, (row) => {
    let best = 0
    let most = -Infinity
    for (let k = 0; k < K; k++) {
      let score = normal() - (k === K - 1 ? 3 : 0)
      for (let j = 0; j < p; j++) score += (W[j * K + k] * row[j] * 1000 ** (-j / p)) / Math.sqrt(p)
      if (score > most) {
        most = score
        best = k
      }
    }
    return uniform() < 0.1 ? Math.floor(K * uniform()) : best
  })
  const weights = new Float64Array(n).fill(1 / n)
  const plain = dense(X)
  const { mean, deviation } = plain.moments(weights)
  const all = Int32Array.from({ length: p }, (_, j) => j)
  const design = plain.rescaled(mean, deviation, all).withIntercept()
  return { design, problem: { blocks: categoricalCrossEntropyBlocks, width: K, y, weights } }
}

const context = (design: Design, problem: Problem, tolerance = 1e-8): SolverContext => ({
  design,
  problem,
  data: problemOracle(design, problem),
  size: design.columns * problem.width,
  tolerance,
  maxIterations: undefined,
  lossSmoothness: 0.5,
})

describe('the preconditioner', () => {
  it('is the inverse of the Hessian of the null model, but for shifts of all columns', () => {
    const [n, p, K] = [300, 7, 4]
    const { design, problem } = made(n, p, K)
    const count = new Float64Array(K)
    for (const k of problem.y) count[k]++
    const at = new Float64Array((p + 1) * K)
    const size = at.length
    for (let k = 0; k < K; k++) at[p * K + k] = Math.log(count[k])
    const { normal } = random(1)
    const v = at.map(normal)
    for (let j = 0; j <= p; j++) {
      const mean = v.subarray(j * K, (j + 1) * K).reduce((a, b) => a + b) / K
      for (let k = 0; k < K; k++) v[j * K + k] -= mean
    }
    const product = new Float64Array(size)
    problemOracle(design, problem).oracle({ ask: 'curvature', at, along: v, product })
    const solve = kroneckerPreconditioner({ design, problem }, undefined, sampleRows(design, problem, n), at)
    const out = new Float64Array(size)
    solve(product, out)
    for (let q = 0; q < size; q++) expect(Math.abs(out[q] - v[q])).toBeLessThan(0.02)
    // Where the loss has no curvature, the penalty's: here none, hence K.
    solve(new Float64Array(size).fill(1), out)
    for (const w of out) expect(w).toBeCloseTo(1 / K, 12)
  })

  it('is symmetric and positive definite, whatever the loss', () => {
    const { design, problem } = made(200, 5, 3)
    const quadratic: VectorLoss = {
      name: 'squares',
      target: 'number',
      smoothness: 2,
      value: (eta, y) => Array.from(eta).reduce((sum, z, k) => sum + (z - y) ** 2 * (k + 1), 0) / 2,
      gradient: (eta, y, out = new Float64Array(eta.length)) => {
        Array.from(eta).forEach((z, k) => {
          out[k] = (z - y) * (k + 1)
        })
        return out
      },
      hessian: (eta, _, out = new Float64Array(eta.length ** 2)) => {
        out.fill(0)
        for (let k = 0; k < eta.length; k++) out[k * eta.length + k] = k + 1
        return out
      },
    }
    for (const blocks of [problem.blocks, blockForm(quadratic)])
      for (const penalty of [undefined, l2(0.1)]) {
        const size = design.columns * 3
        const { normal } = random(3)
        const at = new Float64Array(size).map(normal)
        const sample = sampleRows(design, problem, 100)
        const solve = kroneckerPreconditioner(
          { design, problem: { ...problem, blocks } },
          penalty,
          sample,
          at,
        )
        const [u, v] = [at.map(normal), at.map(normal)]
        const [a, b] = [at.slice(), at.slice()]
        solve(u, a)
        solve(v, b)
        const dot = (x: Float64Array, z: Float64Array) => x.reduce((sum, w, q) => sum + w * z[q], 0)
        expect(dot(u, b) / dot(v, a)).toBeCloseTo(1, 9)
        expect(dot(u, a)).toBeGreaterThan(0)
      }
  })
})

it('kroneckerLbfgs: the minimum of L-BFGS alone, in a fraction of its passes', () => {
  const { design, problem } = made(2000, 30, 10)
  const penalty = l2(1e-5)
  const size = design.columns * 10
  const each = penalty.inCoordinates(
    new Float64Array(size).map((_, q) => +(q < size - 10)),
    new Float64Array(size).fill(1),
    new Float64Array(size),
  ) as typeof penalty
  const passes: number[] = []
  const values = [kroneckerLbfgs, () => lbfgs({ tolerance: 1e-7, maxIterations: 5000 })].map((choice) => {
    const about = context(design, problem, 1e-7)
    const { oracle } = about.data
    const run = minimize(
      (query: Parameters<typeof oracle>[0]) => {
        const value = oracle(query) + each.value(query.at)
        if ('gradient' in query) each.addGradient(query.at, query.gradient)
        return value
      },
      choice(each, about) as ReturnType<typeof lbfgs>,
      new Float64Array(size),
    )
    expect(run.status).toBe('converged')
    passes.push(about.data.passes)
    return run.value
  })
  expect(Math.abs(values[0] / values[1] - 1)).toBeLessThan(1e-9)
  expect(passes[0]).toBeLessThan(passes[1] / 4)
})

it('one column of η is a case of many', () => {
  const { design, problem } = made(400, 4, 2)
  const binary: Problem = { ...problem, blocks: binaryCrossEntropyBlocks, width: 1 }
  const about = context(design, binary)
  const outcome = minimize(
    about.data.oracle,
    kroneckerLbfgs(undefined, about) as ReturnType<typeof lbfgs>,
    new Float64Array(5),
  )
  expect(outcome.status).toBe('converged')
  expect(outcome.iterations).toBeLessThan(20)
})
