// What makes kinked losses smooth: proximal points, envelopes, and the rounds of the method of multipliers.
import {
  absolute,
  type DeclaredLoss,
  epsilonInsensitive,
  hinge,
  huber,
  logCosh,
  perceptron,
  quantile,
  squared,
} from '@logodds/core'
import { l1, l2 } from '@logodds/optim'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { envelopes } from '../src/envelopes.ts'
import { fitLinear, type LinearLoss } from '../src/index.ts'
import { proximal } from '../src/prox-of-loss.ts'

const both: LinearLoss = {
  name: 'absolute + squared',
  value: (eta, y) => Math.abs(eta - y) + 0.5 * (eta - y) ** 2,
  gradient: (eta, y) => Math.sign(eta - y) + (eta - y),
  hessian: () => 1,
  smoothness: Infinity,
}
// Three pieces that are curves.
const three: LinearLoss = {
  name: 'max(η², e^η − 1)',
  value: (eta) => Math.max(eta ** 2, Math.expm1(eta)),
  gradient: (eta) => (Math.expm1(eta) > eta ** 2 ? Math.exp(eta) : 2 * eta),
  hessian: (eta) => (Math.expm1(eta) > eta ** 2 ? Math.exp(eta) : 2),
  smoothness: Infinity,
}
const losses = [
  absolute,
  quantile(0.1),
  epsilonInsensitive(0.4),
  hinge,
  perceptron,
  both,
  three,
  squared,
  huber(0.3),
  logCosh,
]
const labelled = new Set<LinearLoss>([hinge, perceptron])
const number = (size: number) => fc.double({ min: -size, max: size, noNaN: true })
const target = (loss: LinearLoss) => (labelled.has(loss) ? fc.constantFrom(-1, 1) : number(3))

describe.each(losses.map((loss) => [loss.name, loss as DeclaredLoss] as const))('%s', (_, loss) => {
  it('the proximal point is the minimum, its slope a subgradient, and dz/dv the slope of z', () => {
    const out = { z: 0, slope: 0, bend: 0 }
    fc.assert(
      fc.property(target(loss), number(6), fc.double({ min: -6, max: 2, noNaN: true }), (y, v, exponent) => {
        const mu = 10 ** exponent
        const { z, slope, bend } = { ...proximal(loss, y, v, mu, out) }
        const near = 1e-9 * (1 + Math.abs(v))
        // z − v + μ ℓ′(z) changes its sign there.
        expect(z - near - v + mu * loss.gradient(z - near, y)).toBeLessThanOrEqual(mu * 1e-7)
        expect(z + near - v + mu * loss.gradient(z + near, y)).toBeGreaterThanOrEqual(-mu * 1e-7)
        expect(Math.abs(z + mu * slope - v)).toBeLessThanOrEqual(
          1e-14 * (1 + Math.abs(v) + Math.abs(mu * slope)),
        )
        expect(bend).toBeGreaterThanOrEqual(0)
        expect(bend).toBeLessThanOrEqual(1)
        // A subgradient: its line is nowhere above ℓ.
        for (const eta of [z - 2, z - 1e-3, z + 1e-3, z + 2, v])
          expect(loss.value(eta, y)).toBeGreaterThanOrEqual(
            loss.value(z, y) + slope * (eta - z) - 1e-9 * (1 + Math.abs(slope)),
          )
      }),
      { numRuns: 300, seed: 20_261_121 },
    )
  })

  it('an envelope has the gradient that its values tell, and the curvature that its gradients tell', () => {
    fc.assert(
      fc.property(target(loss), number(4), number(0.9), fc.constantFrom(0.05, 0.5, 2), (y, z, u, mu) => {
        const own = envelopes(loss, 1, mu)
        own.multipliers[0] = u
        const at = (eta: number) => {
          const block = {
            rows: 1,
            first: 0,
            width: 1,
            eta: Float64Array.of(eta),
            targets: Float64Array.of(y),
            weights: Float64Array.of(0.7),
            residual: new Float64Array(1),
            curvature: new Float64Array(1),
          }
          const value = own.blocks.hessian(block)
          return { value, slope: block.residual[0], bend: block.curvature[0] }
        }
        const h = 1e-5
        const [here, up, down] = [at(z), at(z + h), at(z - h)]
        const scale = 1 + Math.abs(here.slope) + 1 / mu
        expect(Math.abs((up.value - down.value) / (2 * h) - here.slope)).toBeLessThan(h * scale)
        // Between pieces the curvature jumps.
        fc.pre(Math.abs(up.bend - down.bend) < 1e-3)
        expect(Math.abs((up.slope - down.slope) / (2 * h) - here.bend)).toBeLessThan(1e-3 * scale)
        // Below the loss, and above ℓ(η) with every subgradient of it, at u = 0.
        own.multipliers[0] = 0
        expect(at(z).value).toBeLessThanOrEqual(0.7 * loss.value(z, y) + 1e-12)
      }),
      { numRuns: 200, seed: 20_261_121 },
    )
  })
})

it('measuring: the value of the loss itself, a subgradient, and how far it is from one', () => {
  const own = envelopes(absolute, 2, 0.5)
  own.measuring = true
  const block = {
    rows: 2,
    first: 0,
    width: 1,
    eta: Float64Array.of(3, 1.25),
    targets: Float64Array.of(1, 1),
    weights: Float64Array.of(0.5, 0.5),
    residual: new Float64Array(2),
    curvature: new Float64Array(2),
  }
  expect(own.blocks.gradient(block)).toBe(0.5 * 2 + 0.5 * 0.25)
  // The second row is within μ of the kink: u = 0.25/0.5, which is a subgradient at the kink and not where η is.
  expect([...own.next]).toEqual([1, 0.5])
  expect([...block.residual]).toEqual([0.5, 0.25])
  expect(own.slack).toBeCloseTo(0.5 * (0.25 - 0.5 * 0.25), 15)
})

describe('wide problems, where a round is L-BFGS or FISTA', () => {
  let state = 3
  const uniform = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return state / 0x3fffffff - 1
  }
  const X = Array.from({ length: 60 }, () => Array.from({ length: 230 }, uniform))
  const y = X.map((row) => row[0] - row[1] + 0.3 * uniform())
  it.each([l2(0.05), l1(0.08)])('%#', (penalty) => {
    const model = fitLinear(X, y, { loss: absolute, penalty, tolerance: 1e-6 })
    expect(model.fit.status).toBe('converged')
    expect(model.fit.dualityGap).toBeLessThan(1e-5)
  })
})
