// A quadratic model without its matrix: H d is Σᵢ xᵢ (Sᵢ (Xd)ᵢ)ᵀ, column by column.

import { type Design, eachBlock } from './design.ts'
import type { QuadraticModel } from './quadratic-model.ts'

/**
 * A slope and a move cost n, and nK for K columns of η; the columns are packed when they are first asked for.
 *
 * @param added the diagonal of what is added to H: (columns × K)
 * @param curvatures makes Sᵢ of all rows, n × K × K
 */
export function residualModel(
  design: Design,
  K: number,
  added: Float64Array,
  curvatures: () => Float64Array,
): QuadraticModel {
  const { rows: n } = design
  const size = added.length
  const start = new Float64Array(size)
  // Σ_m Sᵢ[k, m] (Xd)ᵢm: n × K.
  const residual = new Float64Array(n * K)
  const moved = new Float64Array(size)
  const diagonal = new Float64Array(size)
  const column = columnsOf(design)
  let S: Float64Array = new Float64Array()
  let ready = false
  const prepare = () => {
    if (ready) return
    ready = true
    S = curvatures()
  }
  return {
    size,
    begin(gradient) {
      start.set(gradient)
      residual.fill(0)
      moved.fill(0)
      diagonal.fill(-1)
      ready = false
    },
    slope(j) {
      const x = column(Math.floor(j / K))
      let sum = start[j] + added[j] * moved[j]
      for (let i = 0, q = j % K; i < n; i++, q += K) sum += x[i] * residual[q]
      return sum
    },
    curvature(j) {
      if (diagonal[j] < 0) {
        prepare()
        const x = column(Math.floor(j / K))
        let sum = added[j]
        for (let i = 0, q = (j % K) * (K + 1); i < n; i++, q += K * K) sum += x[i] * x[i] * S[q]
        diagonal[j] = sum
      }
      return diagonal[j]
    },
    move(j, by) {
      prepare()
      const x = column(Math.floor(j / K))
      const k = j % K
      moved[j] += by
      for (let i = 0; i < n; i++) {
        const step = by * x[i]
        for (let m = 0, q = i * K; m < K; m++, q++) residual[q] += S[q * K + k] * step
      }
    },
  }
}

// The columns of a design, each packed when it is first asked for, and kept: as much memory as X, once all have been.
function columnsOf(design: Design): (j: number) => Float64Array {
  const { rows, columns } = design
  const centre = new Float64Array(columns)
  const scale = new Float64Array(columns).fill(1)
  const kept: Float64Array[] = []
  return (j) => {
    if (kept[j]) return kept[j]
    // Column j, and the ones if there are any; j may be those.
    const one = design.rescaled(centre, scale, Int32Array.of(j))
    const reader = one.reader()
    const block = new Float64Array(one.blockRows)
    const x = new Float64Array(rows)
    eachBlock(one, reader, (first, m) => {
      reader.multiply(Float64Array.of(1, 0), 1, block)
      x.set(block.subarray(0, m), first)
    })
    kept[j] = x
    return x
  }
}
