// Oracles that answer `model`, in both of the ways that an oracle in memory has: by a Gram matrix and by residuals.
import type {
  Coordinates,
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
