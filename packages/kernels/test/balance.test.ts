// The shift at which rows are balanced: a root of the sum of slopes, for dense and sparse designs, and none where there is none.
import { binaryCrossEntropyBlocks, sigmoid } from '@logodds/core'
import { type Design, fitLogistic, csr as plainCsr, dense as plainDense } from '@logodds/linear'
import { l2, lbfgs } from '@logodds/optim'
import { expect, it } from 'vitest'
import { csr, dense } from '../src/index.ts'
import { matrixOf, numbers, uniform } from './random.ts'

function problemOf(n: number, random: () => number) {
  const y = numbers(n, random).map((v, i) => (i < 2 ? i : +(v > 0.4)))
  const weights = numbers(n, random).map((v, i) => (i % 5 === 4 ? 0 : 1 + v))
  return { blocks: binaryCrossEntropyBlocks, width: 1, y, weights }
}

/** The oracle of a design, which answers by one call of its module. */
function fused(design: Design, problem: ReturnType<typeof problemOf>) {
  const plain = {
    eta: new Float64Array(design.rows + 3),
    at: new Float64Array(design.columns).fill(Number.NaN),
    passes: 0,
    oracle: () => 0,
    begin: () => () => 0,
  }
  return design.fused!(problem, plain)!
}

const kinds: Record<string, (X: ReturnType<typeof matrixOf>) => Design> = {
  dense: (X) => dense(X),
  csr: (X) => csr(X),
}

for (const [kind, make] of Object.entries(kinds))
  for (const n of [3, 8, 101, 5000])
    it(`${kind}, ${n} rows`, () => {
      const random = uniform(n)
      const X = matrixOf(n, 3, 'row-major', random)
      const problem = problemOf(n, random)
      const { y, weights } = problem
      const oracle = fused(make(X).withIntercept(), problem)
      expect(oracle.balance!()).toBeUndefined()
      const at = Float64Array.of(0.3, -0.2, 0.5, 0.1)
      oracle.oracle({ ask: 'value', at })
      const eta = oracle.eta.slice()
      const [shift] = Array.from(oracle.balance!()!)
      const slopes = Array.from(y, (one, i) => weights[i] * (sigmoid(eta[i] + shift) - one))
      const mass = weights.reduce((a, b) => a + b)
      expect(Math.abs(slopes.reduce((a, b) => a + b))).toBeLessThanOrEqual(1e-12 * mass)
      // η is left as it was; and nothing is known of it once a reader has been at the rows.
      expect(oracle.eta).toEqual(eta)
      oracle.begin({ ask: 'value', at })
      expect(oracle.balance!()).toBeUndefined()
    })

it('undefined where no shift is, or it is far', () => {
  const X = matrixOf(9, 2, 'row-major', uniform(1))
  const weights = new Float64Array(9).fill(1)
  for (const y of [new Float64Array(9), new Float64Array(9).fill(1)]) {
    const oracle = fused(dense(X), { blocks: binaryCrossEntropyBlocks, width: 1, y, weights })
    for (const size of [0, 40, 1000]) {
      oracle.oracle({ ask: 'value', at: Float64Array.of(size, size) })
      expect(oracle.balance!()).toBeUndefined()
    }
  }
})

it('fits are certified at any tolerance: the gap is there, and the likelihood is that of the plain fit', () => {
  const random = uniform(7)
  const X = matrixOf(400, 5, 'row-major', random)
  const y = Array.from({ length: 400 }, (_, i) => +(X.data[5 * i] + 0.8 * random() > 0.3))
  for (const tolerance of [1e-3, 1e-5, 1e-8])
    for (const [quick, plain] of [
      [dense(X), plainDense(X)],
      [csr(X), plainCsr(X)],
    ]) {
      const options = {
        penalty: l2(0.01),
        tolerance,
        solver: (_: unknown, limits: { tolerance: number }) => lbfgs({ tolerance: limits.tolerance }),
      }
      const got = fitLogistic(quick, y, options).fit
      const expected = fitLogistic(plain, y, options).fit
      expect(got.dualityGap).not.toBeNull()
      expect(got.dualityGap! - expected.dualityGap!).toBeCloseTo(0, 13)
      expect(got.logLikelihood! / expected.logLikelihood!).toBeCloseTo(1, 12)
      expect(got.passes).toBe(expected.passes)
    }
})
