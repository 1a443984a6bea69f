// The regression losses and divergences beside scikit-learn, SciPy and statsmodels, factors included.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { absolute } from '../src/absolute.ts'
import { entropy } from '../src/entropy.ts'
import { huber } from '../src/huber.ts'
import { jensenShannonDivergence } from '../src/jensen-shannon-divergence.ts'
import { klDivergence } from '../src/kl-divergence.ts'
import type { ScalarLoss } from '../src/loss.ts'
import { mape } from '../src/mape.ts'
import { poissonDeviance } from '../src/poisson-deviance.ts'
import { pseudoHuber } from '../src/pseudo-huber.ts'
import { quantile } from '../src/quantile.ts'
import { squared } from '../src/squared.ts'

interface Derivatives {
  value: number[]
  gradient: number[]
  hessian: number[]
}

/** See fixtures/regression-peers.py. */
const peers: {
  eta: number[]
  y: number[]
  counts: number[]
  squared: Derivatives
  absolute: Derivatives
  quantile: Record<string, Derivatives>
  halfPoisson: Derivatives
  poissonDeviance: number[]
  mape: number[]
  pinball: number[]
  huber: Record<string, Derivatives>
  pseudoHuber: Record<string, number[]>
  p: number[][]
  q: number[][]
  entropy: number[]
  klDivergence: number[]
  jensenShannonDivergence: number[]
} = JSON.parse(readFileSync(new URL('./fixtures/regression-peers.json', import.meta.url), 'utf8'))

function same(actual: number[], expected: number[]) {
  expect(actual.length).toBe(expected.length)
  actual.forEach((x, i) => {
    expect(Math.abs(x - expected[i]), `row ${i}`).toBeLessThanOrEqual(1e-13 * (1 + Math.abs(expected[i])))
  })
}

const over = (f: 'value' | 'gradient' | 'hessian', loss: ScalarLoss, targets = peers.y) =>
  peers.eta.map((eta, i) => loss[f](eta, targets[i]))

describe('scikit-learn', () => {
  test('HalfSquaredError', () => {
    for (const f of ['value', 'gradient', 'hessian'] as const) same(over(f, squared), peers.squared[f])
  })

  test('AbsoluteError and PinballLoss, which have hessian 1 for want of another', () => {
    for (const f of ['value', 'gradient'] as const) {
      same(over(f, absolute), peers.absolute[f])
      same(over(f, quantile()), peers.quantile['0.5'][f])
      same(over(f, quantile(0.9)), peers.quantile['0.9'][f])
    }
    same(over('value', quantile(0.9)), peers.pinball)
  })

  test('HalfPoissonLoss: half of our gradient and Hessian; mean_poisson_deviance', () => {
    for (const f of ['gradient', 'hessian'] as const) {
      same(
        over(f, poissonDeviance, peers.counts).map((x) => x / 2),
        peers.halfPoisson[f],
      )
    }
    same(over('value', poissonDeviance, peers.counts), peers.poissonDeviance)
  })

  test('mean_absolute_percentage_error', () => {
    same(over('value', mape), peers.mape)
  })
})

describe('SciPy and statsmodels', () => {
  test.each([1, 1.345])('huber(%d), its slope and curvature', (delta) => {
    const expected = peers.huber[delta.toFixed(delta === 1 ? 1 : 3)]
    for (const f of ['value', 'gradient', 'hessian'] as const) same(over(f, huber(delta)), expected[f])
  })

  test.each([1, 1.345])('pseudo_huber(%d)', (delta) => {
    same(over('value', pseudoHuber(delta)), peers.pseudoHuber[delta.toFixed(delta === 1 ? 1 : 3)])
  })

  test('entropy, relative entropy, the square of jensenshannon', () => {
    same(peers.p.map(entropy), peers.entropy)
    same(
      peers.p.map((p, i) => klDivergence(p, peers.q[i])),
      peers.klDivergence,
    )
    same(
      peers.p.map((p, i) => jensenShannonDivergence(p, peers.q[i])),
      peers.jensenShannonDivergence,
    )
  })
})
