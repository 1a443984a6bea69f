// Weighted Gram matrices of sparse rows: outer products of the entries of each row, and a correction of rank two per block for the centring,
//
//   Σᵢ (xᵢ − m)(xᵢ − m)ᵀ ⊗ Sᵢ = Σᵢ xᵢxᵢᵀ ⊗ Sᵢ − m ⊗ T − T ⊗ m + (mmᵀ) ⊗ S,   T = Σᵢ xᵢ ⊗ Sᵢ,  S = Σᵢ Sᵢ.
import type { SparseColumns } from './sparse-columns.ts'
import type { SparseBlock, SparseRows } from './sparse-rows.ts'

/** What `gram` of a reader does; `shift` is m, of the columns and the ones. */
export function sparseGram(
  { columns: P, starts, indices, values }: SparseRows,
  { from, inverse }: SparseColumns,
  shift: Float64Array,
): (block: SparseBlock, s: Float64Array, K: number, out: Float64Array) => void {
  const p = shift.length
  // Where the columns of the matrix are among ours, which keep their order: −1 for those that are not. Made when first needed.
  let place: Int32Array | undefined
  // The entries of a row that are ours, scaled.
  const at = new Int32Array(from.length)
  const x = new Float64Array(from.length)
  let T = new Float64Array()
  let S = new Float64Array()

  return ({ first, rows, list }, s, K, out) => {
    if (!place) {
      place = new Int32Array(P).fill(-1)
      for (let j = 0; j < from.length; j++) place[from[j]] = j
    }
    if (S.length !== K * K) {
      S = new Float64Array(K * K)
      T = new Float64Array(p * K * K)
    }
    S.fill(0)
    T.fill(0)
    for (let r = 0; r < rows; r++) {
      const i = list ? list[r] : first + r
      let count = 0
      for (let q = starts[i]; q < starts[i + 1]; q++) {
        const j = place[indices[q]]
        if (j < 0) continue
        at[count] = j
        x[count++] = values[q] * inverse[j]
      }
      for (let k = 0; k < K; k++)
        for (let m = 0; m <= k; m++) {
          const km = k * K + m
          const one = s[r * K * K + km]
          S[km] += one
          for (let a = 0; a < count; a++) {
            const part = one * x[a]
            T[at[a] * K * K + km] += part
            const row = (at[a] * K + k) * p * K + m
            for (let b = 0; b <= a; b++) out[row + at[b] * K] += part * x[b]
          }
        }
    }
    for (let j = 0; j < p; j++)
      for (let k = 0; k < K; k++) for (let m = 0; m <= k; m++) correct(out, j, k, m, K)
  }

  function correct(out: Float64Array, j: number, k: number, m: number, K: number): void {
    const km = k * K + m
    const t = T[j * K * K + km]
    const shiftOfJ = shift[j]
    const row = (j * K + k) * p * K + m
    const all = shiftOfJ * S[km]
    for (let l = 0; l <= j; l++) out[row + l * K] += shift[l] * (all - t) - shiftOfJ * T[l * K * K + km]
  }
}
