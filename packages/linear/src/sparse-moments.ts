// Mean and standard deviation of every column of a sparse matrix, and a fingerprint of its entries, in two walks over the entries.
import { mix } from './data-hash.ts'
import type { ColumnMoments } from './design.ts'
import type { SparseColumns } from './sparse-columns.ts'
import type { SparseRows } from './sparse-rows.ts'

// Squares that still have all their digits.
const SMALLEST = 1e-280

/**
 * The corrected two-pass algorithm, Chan, Golub & LeVeque, Algorithms for Computing the Sample Variance (1983), with the zeros of a column
 * taken together: their weight is what its entries leave of the whole, so the sums of weights carry their rounding errors along (Knuth's
 * two-sum). Sums start from a column's first entry that has weight, so that a constant column comes out as exactly constant.
 */
export function sparseMoments(
  { rows, columns: P, starts, indices, values }: SparseRows,
  { from, mean: centre, inverse, intercept }: SparseColumns,
  weights: Float64Array,
): ColumnMoments {
  // Of each column, side by side, since they are met in any order: a pivot, Σ s (x − pivot), Σ s and what rounding has left out of it; all
  // over the entries that have weight. Then: mean, Σ s (x − mean), Σ s (x − mean)².
  const state = new Float64Array(4 * P)
  const varies = new Uint8Array(P)
  // Entries in rows that have weight, all and by column; the weight of all.
  const count = new Int32Array(P)
  let counted = 0
  let whole = 0
  let wholeLost = 0
  // A fingerprint of each column: of its entries and their rows, but not of zeros that happen to be stored.
  const hashes = new Int32Array(P)
  const number = new Float64Array(1)
  const words = new Int32Array(number.buffer)

  for (let i = 0; i < rows; i++) {
    const s = weights[i]
    counted += +(s > 0)
    const next = whole + s
    wholeLost += errorOfSum(whole, s, next)
    whole = next
    for (let q = starts[i], end = starts[i + 1]; q < end; q++) {
      const x = values[q]
      const c = indices[q]
      if (x === 0) continue
      number[0] = x
      hashes[c] = mix(mix(mix(hashes[c], i), words[0]), words[1])
      if (!s) continue
      const at = 4 * c
      if (!count[c]++) state[at] = x
      const away = x - state[at]
      if (away) varies[c] = 1
      state[at + 1] += s * away
      const mass = state[at + 2]
      const more = mass + s
      state[at + 2] = more
      state[at + 3] += errorOfSum(mass, s, more)
    }
  }

  // The weight of the column's zeros.
  const rest = new Float64Array(P)
  for (let c = 0, at = 0; c < P; c++, at += 4) {
    const [pivot, sum, mass, lost] = state.subarray(at, at + 4)
    if (count[c] === counted) state[at] = pivot + sum / (whole || 1)
    else {
      varies[c] = +(count[c] > 0)
      rest[c] = Math.max(0, whole - mass + (wholeLost - lost))
      state[at] = (pivot * mass + sum) / whole
    }
    state[at + 1] = state[at + 2] = 0
  }

  for (let i = 0; i < rows; i++) {
    const s = weights[i]
    if (!s) continue
    for (let q = starts[i], end = starts[i + 1]; q < end; q++) {
      if (values[q] === 0) continue
      const at = 4 * indices[q]
      const away = values[q] - state[at]
      state[at + 1] += s * away
      state[at + 2] += s * away * away
    }
  }
  const mean = new Float64Array(P)
  const deviation = mean.map((_, c) => {
    const [rough, sum, squares] = state.subarray(4 * c, 4 * c + 3)
    mean[c] = rough
    if (!varies[c]) return 0
    const left = (sum - rest[c] * rough) / whole
    mean[c] += left
    const variance = (squares + rest[c] * rough * rough) / whole - left * left
    // Where squares sink below the doubles, there is no deviation to be had.
    return variance < SMALLEST ? Number.NaN : Math.sqrt(variance)
  })

  const last = intercept ? [1] : []
  return {
    mean: Float64Array.from([...Array.from(from, (c, j) => (mean[c] - centre[j]) * inverse[j]), ...last]),
    deviation: Float64Array.from([
      ...Array.from(from, (c, j) => deviation[c] * Math.abs(inverse[j])),
      ...last.map(() => 0),
    ]),
    hash: fingerprint(rows, from, hashes, centre, inverse),
  }
}

// What a + b = sum has lost, exactly: Knuth, The Art of Computer Programming 2 (1997), §4.2.2.
function errorOfSum(a: number, b: number, sum: number): number {
  const back = sum - a
  return a - (sum - back) + (b - back)
}

function fingerprint(
  rows: number,
  from: Int32Array,
  hashes: Int32Array,
  mean: Float64Array,
  inverse: Float64Array,
): number {
  const scales = [mean, inverse].flatMap((of) => Array.from(new Int32Array(of.slice().buffer)))
  return [rows, ...Array.from(from, (c) => hashes[c]), ...scales].reduce(mix, 0)
}
