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
  const zeros = () => new Float64Array(P)
  const pivot = zeros()
  const sum = zeros()
  const mass = zeros()
  const lost = zeros()
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
    for (let q = starts[i]; q < starts[i + 1]; q++) {
      const x = values[q]
      const c = indices[q]
      if (x === 0) continue
      number[0] = x
      hashes[c] = mix(mix(mix(hashes[c], i), words[0]), words[1])
      if (!s) continue
      if (!count[c]++) pivot[c] = x
      if (x !== pivot[c]) varies[c] = 1
      sum[c] += s * (x - pivot[c])
      const more = mass[c] + s
      lost[c] += errorOfSum(mass[c], s, more)
      mass[c] = more
    }
  }

  // Of the column's zeros.
  const rest = zeros()
  const mean = zeros()
  for (let c = 0; c < P; c++) {
    if (count[c] === counted) {
      mean[c] = pivot[c] + sum[c] / (whole || 1)
      continue
    }
    varies[c] = +(count[c] > 0)
    rest[c] = Math.max(0, whole - mass[c] + (wholeLost - lost[c]))
    mean[c] = (pivot[c] * mass[c] + sum[c]) / whole
  }

  sum.fill(0)
  const squares = zeros()
  for (let i = 0; i < rows; i++) {
    const s = weights[i]
    if (!s) continue
    for (let q = starts[i]; q < starts[i + 1]; q++) {
      if (values[q] === 0) continue
      const c = indices[q]
      const away = values[q] - mean[c]
      sum[c] += s * away
      squares[c] += s * away * away
    }
  }
  const deviation = squares.map((v, c) => {
    if (!varies[c]) return 0
    const left = (sum[c] - rest[c] * mean[c]) / whole
    const variance = (v + rest[c] * mean[c] * mean[c]) / whole - left * left
    mean[c] += left
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
