// A quadratic model without its matrix, for columns of few entries: what all rows have in common is kept apart.
//
// With xᵢⱼ = vᵢⱼ − mⱼ, v having few entries, (Xd)ᵢ = Σⱼ vᵢⱼ dⱼ − c, c = Σⱼ mⱼdⱼ; kept are Rᵢ = Sᵢ Σⱼ vᵢⱼ dⱼ, Σᵢ Rᵢ and c.

import type { ColumnEntries } from './column-entries.ts'
import type { QuadraticModel } from './quadratic-model.ts'

/**
 * A slope and a move cost K for each entry of the column, and K² besides.
 *
 * @param added the diagonal of what is added to H: (columns × K)
 * @param curvatures makes Sᵢ of all rows, n × K × K
 */
export function sparseResidualModel(
  { starts, rows: at, values, shift }: ColumnEntries,
  n: number,
  K: number,
  added: Float64Array,
  curvatures: () => Float64Array,
): QuadraticModel {
  const size = added.length
  const start = new Float64Array(size)
  // n × K.
  const R = new Float64Array(n * K)
  const sumOfR = new Float64Array(K)
  const c = new Float64Array(K)
  const moved = new Float64Array(size)
  const diagonal = new Float64Array(size)
  let S: Float64Array = new Float64Array()
  const sumOfS = new Float64Array(K * K)
  let ready = false
  const prepare = () => {
    if (ready) return
    ready = true
    S = curvatures()
    sumOfS.fill(0)
    for (let i = 0; i < n; i++) for (let q = 0; q < K * K; q++) sumOfS[q] += S[i * K * K + q]
  }
  return {
    size,
    begin(gradient) {
      start.set(gradient)
      for (const array of [R, sumOfR, c, moved]) array.fill(0)
      diagonal.fill(-1)
      ready = false
    },
    slope(q) {
      const j = Math.floor(q / K)
      const k = q % K
      let sum = start[q] + added[q] * moved[q]
      // Before the first move, S is not there, nor is it needed.
      if (!ready) return sum
      // Σᵢ xᵢⱼ (Rᵢ − Sᵢ c).
      let common = sumOfR[k]
      for (let m = 0; m < K; m++) common -= sumOfS[k * K + m] * c[m]
      sum -= shift[j] * common
      for (let e = starts[j]; e < starts[j + 1]; e++) {
        const i = at[e] * K
        let r = R[i + k]
        for (let m = 0, s = (i + k) * K; m < K; m++) r -= S[s + m] * c[m]
        sum += values[e] * r
      }
      return sum
    },
    curvature(q) {
      if (diagonal[q] < 0) {
        prepare()
        const j = Math.floor(q / K)
        const kk = (q % K) * (K + 1)
        const m = shift[j]
        let sum = added[q] + m * m * sumOfS[kk]
        for (let e = starts[j]; e < starts[j + 1]; e++)
          sum += values[e] * (values[e] - 2 * m) * S[at[e] * K * K + kk]
        diagonal[q] = sum
      }
      return diagonal[q]
    },
    move(q, by) {
      prepare()
      const j = Math.floor(q / K)
      const k = q % K
      moved[q] += by
      c[k] += by * shift[j]
      for (let e = starts[j]; e < starts[j + 1]; e++) {
        const step = by * values[e]
        for (let m = 0, i = at[e] * K, s = (i + k) * K; m < K; m++) {
          R[i + m] += S[s + m] * step
          sumOfR[m] += S[s + m] * step
        }
      }
    },
  }
}
