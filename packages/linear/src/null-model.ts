// The model of an intercept alone: where a fit begins, and the scale of its gradient.
import type { ScalarLoss } from '@logodds/core'
import type { ScalarLink } from './model.ts'

export interface NullModel {
  /** 0 without an intercept. */
  readonly intercept: number
  /** √(Σ s (∂ℓ/∂η)²) at the null model: no entry of the gradient on standardised columns is larger. */
  readonly slope: number
  /** Σ s |y − η| at the null model where η is what y is predicted by, else 1: a unit of η, larger than what rounding makes of y. */
  readonly spread: number
}

// Enough to start from: the fit itself finds the rest.
const HALVINGS = 40
const DOUBLINGS = 60

/**
 * The root b of Σ sᵢ ∂ℓ/∂η(b + oᵢ, yᵢ), by doubling and halving intervals from the obvious guess; the guess itself, where the slope
 * keeps its sign as far as one looks. It needs no curvature, which some losses do not have where they start.
 */
export function nullModel(
  loss: ScalarLoss,
  link: ScalarLink,
  y: Float64Array,
  weights: Float64Array,
  offset: Float64Array | undefined,
  intercept: boolean,
): NullModel {
  const mean = (of: (i: number) => number) => weights.reduce((sum, s, i) => (s ? sum + s * of(i) : sum), 0)
  const shift = (i: number) => (offset ? offset[i] : 0)
  const slopeAt = (b: number) => mean((i) => loss.gradient(b + shift(i), y[i]))
  // In units of the largest, whose square may be no double.
  const normAt = (etaOf: (i: number) => number) => {
    const slopes = weights.map((s, i) => s && Math.abs(loss.gradient(etaOf(i), y[i])))
    const largest = slopes.reduce((a, b) => Math.max(a, b))
    return largest && largest * Math.sqrt(mean((i) => (slopes[i] / largest) ** 2))
  }
  const away = (b: number) => mean((i) => Math.abs(y[i] - shift(i) - b))
  const spreadAt = (b: number) => (link === 'identity' && Math.max(away(b), 1e-6 * away(0))) || 1
  const guess = {
    identity: () => mean((i) => y[i] - shift(i)),
    log: () => (mean((i) => y[i]) > 0 ? Math.log(mean((i) => y[i])) - mean(shift) : 0),
  }[link as string]
  const b = intercept ? root(slopeAt, guess ? guess() : -mean(shift), guess ? spreadAt(guess()) : 1) : 0
  // Where the null model fits exactly, its slope is rounding: that of η = 0, or of e^η = 0, tells what rounding is, as for the spread.
  const typical = normAt({ identity: shift, log: () => -1000 }[link as string] ?? (() => 0))
  const own = normAt((i) => b + shift(i))
  const slope = Math.max(own < Infinity ? own : 0, 1e-6 * typical) || 1
  return { intercept: b, slope, spread: spreadAt(b) }
}

function root(slope: (b: number) => number, guess: number, unit: number): number {
  const there = slope(guess)
  if (!there) return guess
  let [near, far] = [guess, guess]
  let step = -Math.sign(there) * unit
  for (let k = 0; k < DOUBLINGS; k++, step *= 2) {
    far = near + step
    const s = slope(far)
    if (!Number.isFinite(s)) {
      step /= 4
      continue
    }
    if (s * there <= 0) break
    if (k === DOUBLINGS - 1) return guess
    near = far
  }
  for (let k = 0; k < HALVINGS; k++) {
    const middle = near + (far - near) / 2
    if (slope(middle) * there > 0) near = middle
    else far = middle
  }
  return far
}
