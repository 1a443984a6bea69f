// The block form of a vector loss, made from its pointwise functions: row by row through scratch that is used again.
import type { Block, BlockLoss, VectorLoss } from './loss.ts'

/** See `blockForm`, which is for any loss. */
export function vectorBlockForm(loss: VectorLoss | VectorLoss<ArrayLike<number>>): BlockLoss {
  const of = loss as VectorLoss<number | ArrayLike<number>>
  let eta = new Float64Array(0)
  let label = eta
  let slope = eta
  let bend = eta

  /** Σ s f(ηᵢ, yᵢ, i·K, s), where row i lies in `eta`; rows without weight only have their outputs cleared. */
  function eachRow(
    { rows, first, width: K, eta: all, targets, weights, residual, curvature }: Block,
    order: 0 | 1 | 2,
    f: (y: number | ArrayLike<number>, at: number, s: number) => number,
  ): number {
    if (eta.length !== K) {
      eta = new Float64Array(K)
      label = new Float64Array(K)
      slope = new Float64Array(K)
      bend = new Float64Array(K * K)
    }
    let total = 0
    for (let i = 0; i < rows; i++) {
      const s = weights[first + i]
      const at = i * K
      if (s === 0) {
        if (order > 0) residual.fill(0, at, at + K)
        if (order > 1) curvature.fill(0, at * K, (at + K) * K)
        continue
      }
      for (let k = 0; k < K; k++) eta[k] = all[at + k]
      if (of.target === 'vector') for (let k = 0; k < K; k++) label[k] = targets[(first + i) * K + k]
      total += s * f(of.target === 'vector' ? label : targets[first + i], at, s)
    }
    return total
  }

  const pass = (block: Block, order: 0 | 1 | 2) => {
    const { width: K, residual, curvature } = block
    return eachRow(block, order, (y, at, s) => {
      if (order > 0) {
        of.gradient(eta, y, slope)
        for (let k = 0; k < K; k++) residual[at + k] = s * slope[k]
      }
      if (order > 1) {
        of.hessian(eta, y, bend)
        for (let k = 0; k < K * K; k++) curvature[at * K + k] = s * bend[k]
      }
      return of.value(eta, y)
    })
  }
  const form: BlockLoss = {
    value: (block) => pass(block, 0),
    gradient: (block) => pass(block, 1),
    hessian: (block) => pass(block, 2),
  }
  if (of.conjugate === undefined) return form
  return {
    ...form,
    conjugate: (block, scale) =>
      eachRow(block, 0, (y) => {
        of.gradient(eta, y, slope)
        for (let k = 0; k < slope.length; k++) slope[k] *= scale
        return of.conjugate!(slope, y)
      }),
  }
}
