// Oracles that answer `model`, in both of the ways that an oracle in memory has: by a Gram matrix and by residuals.
import type {
  Coordinates,
  DualCoordinates,
  DualModelQuery,
  GradientQuery,
  HessianQuery,
  ModelQuery,
  Oracle,
  ValueQuery,
} from '../src/oracle.ts'

type FirstOrder = ValueQuery | GradientQuery

/** Any oracle with Hessians: slopes are kept for all coordinates, so that a slope is O(1) and a move O(p). */
export function byGram(
  oracle: Oracle<FirstOrder | HessianQuery>,
): Oracle<FirstOrder | HessianQuery | ModelQuery> {
  return (query) => {
    if (query.ask !== 'model') return oracle(query)
    const { at, gradient } = query
    const p = at.length
    const hessian = new Float64Array(p * p)
    const value = oracle({ ask: 'hessian', at, gradient, hessian })
    const slopes = gradient.slice()
    query.model = {
      size: p,
      slope: (j) => slopes[j]!,
      curvature: (j) => hessian[j * p + j]!,
      move(j, by) {
        for (let k = 0; k < p; k++) slopes[k]! += by * hessian[j * p + k]!
      },
    }
    return value
  }
}

/** (1/n) Σ [log(1 + exp(xᵢᵀw)) − yᵢ xᵢᵀw], with all that an oracle of a wide design would keep: X by columns, η, and X d. */
export function logisticByResiduals(
  X: readonly (readonly number[])[],
  y: readonly number[],
  { bound = false }: { bound?: boolean } = {},
): Oracle<FirstOrder | ModelQuery> {
  const n = X.length
  const p = X[0]!.length
  const columns = Array.from({ length: p }, (_, j) => Float64Array.from(X, (row) => row[j]!))
  const eta = new Float64Array(n)
  const residual = new Float64Array(n)
  const curvature = new Float64Array(n)
  const moved = new Float64Array(n)
  const sum = (f: (i: number) => number) => {
    let total = 0
    for (let i = 0; i < n; i++) total += f(i)
    return total
  }
  let diagonal: Float64Array | undefined
  const model: Coordinates = {
    size: p,
    slope: (j) => sum((i) => columns[j]![i]! * (residual[i]! + curvature[i]! * moved[i]!)),
    curvature(j) {
      diagonal ??= Float64Array.from(columns, (x) => sum((i) => curvature[i]! * x[i]! ** 2))
      return diagonal[j]!
    },
    move(j, by) {
      for (let i = 0; i < n; i++) moved[i]! += by * columns[j]![i]!
    },
  }
  return (query) => {
    eta.fill(0)
    columns.forEach((x, j) => {
      for (let i = 0; i < n; i++) eta[i]! += query.at[j]! * x[i]!
    })
    const value =
      sum((i) => Math.max(eta[i]!, 0) + Math.log1p(Math.exp(-Math.abs(eta[i]!))) - y[i]! * eta[i]!) / n
    if (query.ask === 'value') return value
    for (let i = 0; i < n; i++) {
      const pi = 1 / (1 + Math.exp(-eta[i]!))
      residual[i] = (pi - y[i]!) / n
      curvature[i] = (bound ? 0.25 : pi * (1 - pi)) / n
      moved[i] = 0
    }
    diagonal = undefined
    columns.forEach((x, j) => {
      query.gradient[j] = sum((i) => x[i]! * residual[i]!)
    })
    if (query.ask === 'model') query.model = model
    return value
  }
}

/** A loss of one row: φ(η) with its derivative, and where it is not smooth its prox in the dual. */
export interface RowLoss {
  readonly value: (i: number, eta: number) => number
  readonly slope: (i: number, eta: number) => number
  readonly prox?: (i: number, v: number, step: number) => number
}

/** Σᵢ φᵢ(xᵢᵀw) + ½ Σⱼ λⱼ wⱼ², answering for its dual. `nearness`: ρ of the unpenalised coordinates. */
export function dualByRows(
  X: readonly (readonly number[])[],
  loss: RowLoss,
  lambda: readonly number[],
  nearness = 0.1,
): Oracle<GradientQuery | DualModelQuery> {
  const p = lambda.length
  const rows = X.map((row) => Float64Array.from(row))
  const strength = lambda.map((l) => l || nearness)
  const predictor = (row: Float64Array, w: Float64Array) => row.reduce((sum, x, j) => sum + x * w[j]!, 0)
  const norms = rows.map((row) => row.reduce((sum, x, j) => sum + (x * x) / strength[j]!, 0))
  const begin = (at: Float64Array): DualCoordinates & { start(at: Float64Array): void } => {
    const dual = Float64Array.from(rows, (row, i) => -loss.slope(i, predictor(row, at)))
    const w = new Float64Array(p)
    return {
      size: rows.length,
      dual,
      start(centre) {
        for (let j = 0; j < p; j++) {
          const sum = rows.reduce((total, row, i) => total + row[j]! * dual[i]!, 0)
          w[j] = (lambda[j] ? 0 : centre[j]!) + sum / strength[j]!
        }
      },
      slope: (i) => predictor(rows[i]!, w),
      curvature: (i) => norms[i]!,
      move(i, by) {
        dual[i]! += by
        for (let j = 0; j < p; j++) w[j]! += (by * rows[i]![j]!) / strength[j]!
      },
      primal: (out) => out.set(w),
      prox(i, v, step) {
        if (loss.prox) return loss.prox(i, v, step)
        // The root of step η + φ′(η) + v, by bisection between where it is surely below and above.
        let low = -1
        let high = 1
        const rising = (eta: number) => step * eta + loss.slope(i, eta) + v
        while (rising(low) > 0) low *= 2
        while (rising(high) < 0) high *= 2
        for (;;) {
          const middle = (low + high) / 2
          if (middle <= low || middle >= high) return -loss.slope(i, middle)
          if (rising(middle) > 0) high = middle
          else low = middle
        }
      },
    }
  }
  const models = new WeakMap<DualModelQuery, ReturnType<typeof begin>>()
  return (query) => {
    const { at, gradient } = query
    gradient.set(at.map((w, j) => lambda[j]! * w))
    let value = at.reduce((sum, w, j) => sum + 0.5 * lambda[j]! * w * w, 0)
    rows.forEach((row, i) => {
      const eta = predictor(row, at)
      value += loss.value(i, eta)
      for (let j = 0; j < p; j++) gradient[j]! += loss.slope(i, eta) * row[j]!
    })
    if (query.ask === 'dual-model') {
      const model = models.get(query) ?? begin(at)
      models.set(query, model)
      model.start(at)
      query.dual = model
    }
    return value
  }
}
