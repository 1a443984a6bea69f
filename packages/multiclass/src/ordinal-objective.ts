// The negative log-likelihood of proportional odds, and its derivatives, in passes over a design.
//
//   P(y ≤ k) = σ(ζₖ − η),  η = xᵀβ + o,  a = ζ_y − η,  b = ζ_{y−1} − η,  d = a − b
//   σ(a) − σ(b) = σ(a) σ(−b) (1 − e^{−d}),  so that
//   ℓ = softplus(−a) + softplus(b) − log(1 − e^{−d}):  two logistic losses, and a barrier that does not depend on the row
//
// It is convex in (β, ζ), Infinity unless ζ rises, and never takes the difference of two numbers that are nearly equal.
import { sigmoid, softplus } from '@logodds/core'
import type { Design, ObjectiveQuery } from '@logodds/linear'

export interface OrdinalProblem {
  readonly design: Design
  /** n indices 0 … K − 1 of classes. */
  readonly y: Float64Array
  /** n weights ≥ 0, of any sum. */
  readonly weights: Float64Array
  readonly offset: Float64Array | undefined
  /** K. */
  readonly levels: number
}

export interface OrdinalOracle {
  /** Answers about (β, ζ): p + K − 1 coordinates. */
  (query: ObjectiveQuery): number
  passes: number
  /** η at the last point. */
  readonly eta: Float64Array
}

/** Each question is answered in one pass. */
export function ordinalObjective({ design, y, weights, offset, levels: K }: OrdinalProblem): OrdinalOracle {
  const { rows: n, columns: p, blockRows } = design
  const size = p + K - 1
  const reader = design.reader()
  const eta = new Float64Array(n + 3)
  const scratch = (width: number) => new Float64Array(blockRows * width)
  const residual = scratch(1)
  const curvature = scratch(1)
  const moved = scratch(1)
  const crossed = scratch(K - 1)
  // Σ s of each class.
  const mass = new Float64Array(K)
  y.forEach((k, i) => {
    mass[k] += weights[i]
  })

  const oracle = (query: ObjectiveQuery) => {
    const { at } = query
    const gradient = 'gradient' in query ? query.gradient : undefined
    const hessian = query.ask === 'hessian' ? query.hessian : undefined
    const along = query.ask === 'curvature' ? query.along : undefined
    const product = query.ask === 'curvature' ? query.product : undefined
    for (const out of [gradient, hessian, product]) out?.fill(0)
    const add = (r: number, c: number, v: number) => {
      if (hessian) hessian[r * size + c] += v
      if (product && along) product[r] += v * along[c]
    }
    let value = 0
    for (let k = 1; k < K - 1; k++) {
      const upper = p + k
      const d = at[upper] - at[upper - 1]
      if (!(d > 0)) return Infinity
      value -= mass[k] && mass[k] * Math.log(-Math.expm1(-d))
      // d/dd = −1/(eᵈ − 1), d²/dd² = 1/(4 sinh²(d/2))
      const slope = mass[k] / Math.expm1(d)
      const bend = mass[k] / (4 * Math.sinh(d / 2) ** 2)
      if (gradient) {
        gradient[upper] -= slope
        gradient[upper - 1] += slope
      }
      add(upper, upper, bend)
      add(upper - 1, upper - 1, bend)
      add(upper, upper - 1, -bend)
      add(upper - 1, upper, -bend)
    }
    for (let first = 0; first < n; first += blockRows) {
      const rows = Math.min(blockRows, n - first)
      const here = eta.subarray(first)
      reader.read(first, rows)
      reader.multiply(at, 1, here)
      if (along) reader.multiply(along, 1, moved)
      if (hessian) crossed.fill(0)
      residual.fill(0)
      for (let i = 0; i < rows; i++) {
        if (offset) here[i] += offset[first + i]
        const s = weights[first + i]
        const k = y[first + i]
        let bend = 0
        let moves = 0
        // One side of the row: z = −a at ζ_y, z = b at ζ_{y−1}; dz/dη = 1 and −1.
        const side = (threshold: number, sign: number) => {
          const z = sign * (here[i] - at[threshold])
          value += s * softplus(z)
          const pull = s * sign * sigmoid(z)
          const h = s * sigmoid(z) * sigmoid(-z)
          residual[i] += pull
          bend += h
          if (gradient) gradient[threshold] -= pull
          add(threshold, threshold, h)
          if (hessian) crossed[i * (K - 1) + threshold - p] -= h
          if (along && product) {
            product[threshold] -= h * moved[i]
            moves += h * (moved[i] - along[threshold])
          }
        }
        if (s > 0 && k < K - 1) side(p + k, 1)
        if (s > 0 && k > 0) side(p + k - 1, -1)
        curvature[i] = bend
        if (along) residual[i] = moves
      }
      if (gradient) reader.multiplyTransposed(residual, 1, gradient)
      if (product) reader.multiplyTransposed(residual, 1, product)
      if (hessian) cross(rows)
    }
    self.passes++
    if (hessian)
      for (let r = 0; r < size; r++)
        for (let c = 0; c < Math.min(r, p); c++) {
          if (r < p) hessian[c * size + r] = hessian[r * size + c]
        }
    return value

    // XᵀSX, and Xᵀ times the K − 1 columns of mixed derivatives.
    function cross(rows: number) {
      gram.fill(0)
      mixed.fill(0)
      curvature.fill(0, rows)
      reader.gram(curvature, 1, gram)
      reader.multiplyTransposed(crossed, K - 1, mixed)
      for (let j = 0; j < p; j++) {
        for (let l = 0; l <= j; l++) hessian![j * size + l] += gram[j * p + l]
        for (let k = 0; k < K - 1; k++) {
          hessian![j * size + p + k] += mixed[j * (K - 1) + k]
          hessian![(p + k) * size + j] += mixed[j * (K - 1) + k]
        }
      }
    }
  }
  const gram = new Float64Array(p * p)
  const mixed = new Float64Array(p * (K - 1))
  const self: OrdinalOracle = Object.assign(oracle, { passes: 0, eta })
  return self
}
