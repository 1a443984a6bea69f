// What one row wants of its dual coordinate, whatever the others do: z = argmin ½(z − v)² + step φ*(−z), φ(η) = s ℓ(η + o, y).
//
// With u = η + o it is z = −φ′ at the root u of u + φ′(u)/step = o − v/step, the left side of which rises by at least 1.
import { type Block, binaryCrossEntropyBlocks } from '@logodds/core'
import type { Problem } from './problem.ts'

/** z for row i; `guess` is near z, or any number. */
export type DualProx = (i: number, v: number, step: number, guess: number) => number

/** The prox of every row of a problem with a convex loss of one input. */
export const dualProx = (problem: Problem): DualProx =>
  problem.blocks === binaryCrossEntropyBlocks ? logisticProx(problem) : anyProx(problem)

// A step of Newton's below it leaves an error of its square, which is half of what rounding does.
const isSmall = (change: number, u: number) => Math.abs(change) <= 1e-8 + 4e-16 * Math.abs(u)
// Halving takes an interval of doubles to nothing in half as many.
const TRIES = 400
const PATIENCE = 10

/**
 * Newton's method for u + κ((1 − y) σ(u) − y σ(−u)) = A, which lies between A − κ(1 − y) and A + κy; steps out of what is left of that
 * interval are replaced by its middle.
 *
 * Source: Yu, Huang & Lin, Mach. Learn. 85 (2011), 41–75, §4, who solve the same equation in α.
 */
function logisticProx({ y, weights, offset }: Problem): DualProx {
  return (i, v, step, guess) => {
    const s = weights[i]
    if (s === 0) return 0
    const target = y[i]
    const kappa = s / step
    const A = (offset ? offset[i] : 0) - v / step
    let low = A - kappa * (1 - target)
    let high = A + kappa * target
    // Where −φ′ is the guess: σ = y − guess/s.
    const share = guess / s
    let u = Math.log((target - share) / (1 - target + share))
    if (!(u >= low && u <= high)) u = low + (high - low) / 2
    for (let tries = 0; tries < TRIES; tries++) {
      const e = Math.exp(-Math.abs(u))
      const d = 1 / (1 + e)
      const f = u - A + kappa * slopeAt(u, target, e) * d
      if (f > 0) high = u
      else low = u
      const newton = u - f / (1 + kappa * e * d * d)
      const last = isSmall(newton - u, u)
      u = last || (newton > low && newton < high) ? newton : low + (high - low) / 2
      if (last) break
    }
    const e = Math.exp(-Math.abs(u))
    return (-s * slopeAt(u, target, e)) / (1 + e)
  }
}

// (1 + e) ∂ℓ/∂u, e = e^−|u|: without cancellation for y = 0 and y = 1.
const slopeAt = (u: number, y: number, e: number): number => (u < 0 ? (1 - y) * e - y : 1 - y - y * e)

/** The same for any convex loss, kinks included: there the interval shrinks to nothing, and v + step η is between the slopes beside it. */
function anyProx({ blocks, y, weights, offset }: Problem): DualProx {
  const block: Block = {
    rows: 1,
    first: 0,
    width: 1,
    eta: new Float64Array(1),
    targets: y,
    weights,
    residual: new Float64Array(1),
    curvature: new Float64Array(1),
  }
  const { eta, residual, curvature } = block
  const at = (u: number) => {
    eta[0] = u
    blocks.hessian(block)
    return residual[0]
  }
  return (i, v, step) => {
    if (weights[i] === 0) return 0
    block.first = i
    const o = offset ? offset[i] : 0
    const A = o - v / step
    // The root is between A and where a step down φ′(A)/step leads; or nearer, where that overflows.
    const first = at(A)
    if (!first) return -first
    let far = A - first / step
    let f = far - A + at(far) / step
    for (let reach = 1; !(f * first <= 0 && Number.isFinite(far)) && reach < Infinity; reach *= 2) {
      far = A - Math.sign(first) * reach
      f = far - A + at(far) / step
    }
    let low = Math.min(A, far)
    let high = Math.max(A, far)
    let u = Number.isFinite(first) ? A : far
    for (let tries = 0; tries < TRIES; tries++) {
      f = u - A + at(u) / step
      if (f > 0) high = u
      else low = u
      const newton = u - f / (1 + Math.max(0, curvature[0]) / step)
      if (isSmall(newton - u, u)) {
        // Behind a kink the slope would be another one.
        const slope = at(newton)
        const rounding = 1e-15 * (Math.abs(newton) + Math.abs(A) + Math.abs(slope) / step)
        if (Math.abs(newton - A + slope / step) <= 1e-12 + rounding) return -slope
      }
      // Down an exponential, Newton's steps are all of one length.
      const trusted = tries < PATIENCE || tries % 3 > 0
      u = trusted && newton > low && newton < high ? newton : low + (high - low) / 2
    }
    // A kink: the slope is what balances, between those beside it.
    return -Math.max(at(low), Math.min(at(high), (o - u) * step - v))
  }
}
