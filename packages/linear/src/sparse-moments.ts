// Mean and standard deviation of every column of a sparse matrix, and a fingerprint of its entries, in two walks over the entries.
import { mix } from './data-hash.ts'
import type { ColumnMoments } from './design.ts'
import type { SparseColumns } from './sparse-columns.ts'
import type { SparseRows } from './sparse-rows.ts'

// Squares that still have all their digits.
const SMALLEST = 1e-280
// What is left of a whole number without its sign.
const MOST = 0x7fffffff

/** What is kept of column c while the entries are walked over: see {@link MomentWalks}. */
export interface Tallies {
  /** From 4c on: the first entry x₀ that has weight, Σ s (x − x₀); later a mean, Σ s (x − mean), Σ s (x − mean)². */
  readonly numbers: Float64Array
  /** The same memory. From 8c + 6 on: how many entries have weight, less 2³¹ if one of them is not x₀; a fingerprint of all and their rows. */
  readonly wholes: Int32Array
  /** From 2c on: Σ s, and what rounding has left out of it (Knuth's two-sum). */
  readonly masses: Float64Array
}

/** Two walks over the entries of a matrix, from the first to the last; explicit zeros are none. */
export interface MomentWalks {
  /** 4P and 2P zeros; valid until the next are asked for. */
  tallies(): Tallies
  /** @param even the weights are all the same, and masses need not be filled in */
  first(weights: Float64Array, tallies: Tallies, even: boolean): void
  second(weights: Float64Array, tallies: Tallies): void
}

/**
 * The corrected two-pass algorithm, Chan, Golub & LeVeque, Algorithms for Computing the Sample Variance (1983), with the zeros of a column
 * taken together: their weight is what its entries leave of the whole, so the sums of weights carry their rounding errors along (Knuth's
 * two-sum). Sums start from a column's first entry that has weight, so that a constant column comes out as exactly constant.
 *
 * @param walks whoever can walk faster than plain TypeScript, to the same bits; default: nobody
 */
export function sparseMoments(
  matrix: SparseRows,
  { from, mean: centre, inverse, intercept }: SparseColumns,
  weights: Float64Array,
  walks: MomentWalks = plainWalks(matrix),
): ColumnMoments {
  const { rows, columns: P } = matrix
  const tallies = walks.tallies()
  const { numbers, wholes } = tallies
  const { counted, whole, lost: wholeLost, even, ofCount } = massOf(weights)
  walks.first(weights, tallies, even)

  const masses = even ? ofCount : tallies.masses
  // The weight of the column's zeros.
  const rest = new Float64Array(P)
  const varies = new Uint8Array(P)
  for (let c = 0, at = 0; c < P; c++, at += 4) {
    const pivot = numbers[at]
    const sum = numbers[at + 1]
    const tally = wholes[2 * at + 6]
    const count = tally & MOST
    if (count === counted) {
      varies[c] = +(tally < 0)
      numbers[at] = pivot + sum / (whole || 1)
    } else {
      const own = even ? 2 * count : 2 * c
      varies[c] = +(count > 0)
      rest[c] = Math.max(0, whole - masses[own] + (wholeLost - masses[own + 1]))
      numbers[at] = (pivot * masses[own] + sum) / whole
    }
    numbers[at + 1] = 0
  }
  walks.second(weights, tallies)

  const mean = new Float64Array(P)
  const deviation = new Float64Array(P)
  for (let c = 0, at = 0; c < P; c++, at += 4) {
    const rough = numbers[at]
    mean[c] = rough
    if (!varies[c]) continue
    const left = (numbers[at + 1] - rest[c] * rough) / whole
    mean[c] += left
    const variance = (numbers[at + 2] + rest[c] * rough * rough) / whole - left * left
    // Where squares sink below the doubles, there is no deviation to be had.
    deviation[c] = variance < SMALLEST ? Number.NaN : Math.sqrt(variance)
  }

  // Ones, where there are any, are the last column.
  const size = from.length
  const scaled = new Float64Array(size + +intercept).fill(1)
  const spread = new Float64Array(size + +intercept)
  for (let j = 0; j < size; j++) {
    scaled[j] = (mean[from[j]] - centre[j]) * inverse[j]
    spread[j] = deviation[from[j]] * Math.abs(inverse[j])
  }
  return { mean: scaled, deviation: spread, hash: fingerprint(rows, from, wholes, centre, inverse) }
}

function plainWalks({ rows, columns: P, starts, indices, values }: SparseRows): MomentWalks {
  return {
    tallies() {
      const numbers = new Float64Array(4 * P)
      return { numbers, wholes: new Int32Array(numbers.buffer), masses: new Float64Array(2 * P) }
    },
    first(weights, { numbers, wholes, masses }, even) {
      const number = new Float64Array(1)
      const words = new Int32Array(number.buffer)
      for (let i = 0; i < rows; i++) {
        const s = weights[i]
        for (let q = starts[i], end = starts[i + 1]; q < end; q++) {
          const x = values[q]
          if (x === 0) continue
          const c = indices[q]
          const at = 4 * c
          const tally = 8 * c + 6
          number[0] = x
          wholes[tally + 1] = mix(mix(mix(wholes[tally + 1], i), words[0]), words[1])
          if (!s) continue
          if (!wholes[tally]) numbers[at] = x
          const away = x - numbers[at]
          wholes[tally] = (wholes[tally] + 1) | (away ? ~MOST : 0)
          numbers[at + 1] += s * away
          if (even) continue
          const before = masses[2 * c]
          const after = before + s
          masses[2 * c] = after
          masses[2 * c + 1] += errorOfSum(before, s, after)
        }
      }
    },
    second(weights, { numbers }) {
      for (let i = 0; i < rows; i++) {
        const s = weights[i]
        if (!s) continue
        for (let q = starts[i], end = starts[i + 1]; q < end; q++) {
          if (values[q] === 0) continue
          const at = 4 * indices[q]
          const away = values[q] - numbers[at]
          numbers[at + 1] += s * away
          numbers[at + 2] += s * away * away
        }
      }
    },
  }
}

/** Σ s and what rounding has left out of it; how many have weight; and, where all weights are the same, those sums of so many. */
function massOf(weights: Float64Array) {
  const n = weights.length
  let even = true
  for (let i = 1; i < n && even; i++) even = weights[i] === weights[0]
  const ofCount = new Float64Array(even ? 2 * n + 2 : 0)
  let whole = 0
  let lost = 0
  let counted = 0
  for (let i = 0; i < n; i++) {
    const s = weights[i]
    const next = whole + s
    lost += errorOfSum(whole, s, next)
    whole = next
    if (s > 0) counted++
    if (!even) continue
    ofCount[2 * i + 2] = whole
    ofCount[2 * i + 3] = lost
  }
  return { counted, whole, lost, even, ofCount }
}

// What a + b = sum has lost, exactly: Knuth, The Art of Computer Programming 2 (1997), §4.2.2.
function errorOfSum(a: number, b: number, sum: number): number {
  const back = sum - a
  return a - (sum - back) + (b - back)
}

function fingerprint(
  rows: number,
  from: Int32Array,
  wholes: Int32Array,
  mean: Float64Array,
  inverse: Float64Array,
): number {
  let hash = mix(0, rows)
  for (const c of from) hash = mix(hash, wholes[8 * c + 7])
  for (const of of [mean, inverse])
    for (const word of new Int32Array(of.slice().buffer)) hash = mix(hash, word)
  return hash
}
