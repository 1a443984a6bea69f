// Some rows that stand for all of them: blocks of consecutive rows, which are cheap to read, spread evenly over the data.
import type { Design } from './design.ts'
import type { Problem } from './problem.ts'

export interface RowSample {
  /** How many rows there are. */
  readonly rows: number
  /** n, 0 elsewhere. They sum to what the weights of all rows do, in each class. */
  readonly weights: Float64Array
  /** Calls `visit(first, rows)` for runs of consecutive rows, `blockRows` of them at most. */
  eachRun(visit: (first: number, rows: number) => void): void
}

// The golden ratio: its multiples keep no step with whatever is periodic in the data.
const GOLDEN = 0.6180339887498949

// A class gets at least this part of what it would have if all were as frequent, as far as it has rows.
const LEAST_SHARE = 0.25

/**
 * About `wanted` rows that have weight: one block from each of so many equal stretches, so that data in any order, sorted by the target or by
 * time, are met evenly; and more rows of rare classes.
 */
export function sampleRows(
  { rows: n, blockRows }: Pick<Design, 'rows' | 'blockRows'>,
  problem: Problem,
  wanted: number,
): RowSample {
  const { weights: all } = problem
  const { of, mass, count } = classes(problem, n)
  const weights = new Float64Array(n)
  const sampled = count.map(() => 0)
  // First row and number of rows of each run, in turn.
  const runs: number[] = []

  const blocks = Math.ceil(n / blockRows)
  const weighing = count.reduce((a, b) => a + b)
  const taken = Math.min(blocks, Math.ceil((wanted / blockRows) * (n / weighing)))
  for (let b = 0; b < taken; b++) {
    const from = Math.floor((b * blocks) / taken)
    const to = Math.floor(((b + 1) * blocks) / taken)
    const first = blockRows * (from + Math.floor(((b * GOLDEN) % 1) * (to - from)))
    const last = Math.min(n, first + blockRows)
    runs.push(first, last - first)
    for (let i = first; i < last; i++) {
      weights[i] = all[i]
      if (all[i] > 0) sampled[of[i]]++
    }
  }

  // Of what is left of a rare class, every so-manieth row.
  const least = Math.ceil((wanted * LEAST_SHARE) / count.length)
  const missing = count.map((c, k) => Math.max(0, Math.min(c, least) - sampled[k]))
  if (missing.some(Boolean)) {
    const left = count.map((c, k) => c - sampled[k])
    const due = count.map(() => 0)
    for (let i = 0; i < n; i++) {
      const k = of[i]
      if (!missing[k] || weights[i] || !all[i]) continue
      due[k] += missing[k]
      if (due[k] < left[k]) continue
      due[k] -= left[k]
      weights[i] = all[i]
      sampled[k]++
      runs.push(i, 1)
    }
  }

  const sample: RowSample = {
    rows: sampled.reduce((a, b) => a + b),
    weights,
    eachRun: eachOf(runs),
  }
  const factor = count.map(() => 0)
  sample.eachRun((first, rows) => {
    for (let i = first; i < first + rows; i++) factor[of[i]] += weights[i]
  })
  for (let k = 0; k < factor.length; k++) factor[k] = mass[k] / (factor[k] || 1)
  sample.eachRun((first, rows) => {
    for (let i = first; i < first + rows; i++) weights[i] *= factor[of[i]]
  })
  return sample
}

/** One run in `every` of a sample, to stand for it, and so for all rows. */
export function thinned(sample: RowSample, every: number): RowSample {
  if (every === 1) return sample
  const weights = new Float64Array(sample.weights.length)
  const runs: number[] = []
  let run = 0
  let count = 0
  sample.eachRun((first, rows) => {
    if (run++ % every) return
    runs.push(first, rows)
    for (let i = first; i < first + rows; i++) {
      weights[i] = every * sample.weights[i]
      count += +(weights[i] > 0)
    }
  })
  return { rows: count, weights, eachRun: eachOf(runs) }
}

const eachOf = (runs: readonly number[]) => (visit: (first: number, rows: number) => void) => {
  for (let at = 0; at < runs.length; at += 2) visit(runs[at], runs[at + 1])
}

/** The class of each row, and of each class the weight and how many rows have any; all rows are of one class where targets are none. */
function classes({ y, width, weights }: Problem, n: number) {
  const most = Math.max(2, width)
  const tally = (of: ArrayLike<number>, many: number) => {
    const mass = Array.from({ length: many }, () => 0)
    const count = mass.slice()
    for (let i = 0; i < n; i++) {
      const k = of[i]
      if (!(k >= 0 && k < many && (k | 0) === k)) return
      mass[k] += weights[i]
      count[k] += +(weights[i] > 0)
    }
    return { of, mass, count }
  }
  return (y.length === n && tally(y, most)) || tally(new Uint8Array(n), 1)!
}
