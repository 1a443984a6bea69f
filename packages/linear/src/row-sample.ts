// Some rows that stand for all of them: blocks of consecutive rows, which are cheap to read, spread evenly over the data.
import type { Design } from './design.ts'
import type { Problem } from './problem.ts'

export interface RowSample {
  /** How many rows there are: m. */
  readonly rows: number
  /** First row and number of rows of each run of consecutive rows, in turn: ascending. */
  readonly runs: readonly number[]
  /** m weights > 0 that sum to what those of all rows do, to 1. */
  readonly weights: Float64Array
}

// The golden ratio: its multiples keep no step with whatever is periodic in the data.
const GOLDEN = 0.6180339887498949

// A class gets at least this part of what it would have if all were as frequent, as far as it has rows.
const LEAST_SHARE = 0.25

// Rows that are neighbours may be alike: of so many at a time there is little to gain by more.
const MOST_RUN = 64

/**
 * About `wanted` rows that have weight: one run from each of so many equal stretches, so that data in any order, sorted by the target or by
 * time, are met evenly; and more rows of rare classes. Looks at no others, unless there turn out to be too few rows that have weight, or that are of
 * some class.
 */
export function sampleRows(
  { rows: n, blockRows }: Pick<Design, 'rows' | 'blockRows'>,
  problem: Problem,
  wanted: number,
): RowSample {
  const run = Math.min(blockRows, MOST_RUN)
  const drawn = spread(n, run, wanted)
  const some = census(problem, drawn)
  const enough = Math.ceil((wanted * LEAST_SHARE) / some.count.length)
  if (some.count.every((c) => c >= enough) && 2 * some.rows > wanted) return weighted(problem, drawn)

  const all = census(problem, [0, n])
  const runs = spread(n, run, wanted * (n / all.rows))
  const sampled = census(problem, runs).count
  // Of what is left of a rare class, every so-manieth row.
  const least = Math.ceil((wanted * LEAST_SHARE) / all.count.length)
  const missing = all.count.map((c, k) => Math.max(0, Math.min(c, least) - (sampled[k] ?? 0)))
  if (missing.every((m) => m === 0)) return weighted(problem, runs, all)
  const left = all.count.map((c, k) => c - (sampled[k] ?? 0))
  const due = all.count.map(() => 0)
  const more: number[] = []
  let at = 0
  for (let i = 0; i < n; i++) {
    if (i === runs[at]) {
      more.push(runs[at], runs[at + 1])
      i += runs[at + 1] - 1
      at += 2
      continue
    }
    const k = all.classOf(i)
    if (!missing[k] || !(problem.weights[i] > 0)) continue
    due[k] += missing[k]
    if (due[k] < left[k]) continue
    due[k] -= left[k]
    more.push(i, 1)
  }
  return weighted(problem, more, all)
}

/** One run from each of so many equal stretches of n rows. */
function spread(n: number, run: number, wanted: number): number[] {
  const runs: number[] = []
  const blocks = Math.ceil(n / run)
  const taken = Math.min(blocks, Math.ceil(wanted / run))
  for (let b = 0; b < taken; b++) {
    const from = Math.floor((b * blocks) / taken)
    const to = Math.floor(((b + 1) * blocks) / taken)
    const first = run * (from + Math.floor(((b * GOLDEN) % 1) * (to - from)))
    runs.push(first, Math.min(run, n - first))
  }
  return runs
}

/** How many rows of the runs have weight, and of each class how many and how much of it; all are of one class where targets are none. */
interface Census {
  readonly rows: number
  readonly count: number[]
  readonly mass: number[]
  classOf(i: number): number
}

function census({ y, width, weights }: Problem, runs: readonly number[]): Census {
  const tally = (classes: number): Census | undefined => {
    const count = new Float64Array(classes)
    const mass = new Float64Array(classes)
    const classOf = (i: number) => (classes > 1 ? y[i] : 0)
    for (let at = 0; at < runs.length; at += 2)
      if (!addRun(y, weights, runs[at], runs[at + 1], count, mass)) return
    return { rows: count.reduce((a, b) => a + b), count: [...count], mass: [...mass], classOf }
  }
  return (y.length === weights.length && tally(Math.max(2, width))) || tally(1)!
}

// A function of its own, since V8 keeps what a closure captures out of registers. Says whether targets are classes.
function addRun(
  y: Float64Array,
  weights: Float64Array,
  first: number,
  rows: number,
  count: Float64Array,
  mass: Float64Array,
): boolean {
  const classes = count.length
  for (let i = first; i < first + rows; i++) {
    const k = classes > 1 ? y[i] : 0
    if (!(k >= 0 && k < classes && (k | 0) === k)) return false
    const s = weights[i]
    if (!(s > 0)) continue
    count[k]++
    mass[k] += s
  }
  return true
}

/** The rows of these runs that have weight; in each class as much as `all` have, where that is known. */
function weighted({ weights: given }: Problem, runs: readonly number[], all?: Census): RowSample {
  const found: number[] = []
  const room = new Float64Array(runs.reduce((sum, count, at) => sum + (at % 2 ? count : 0), 0))
  let rows = 0
  for (let at = 0; at < runs.length; at += 2) {
    const end = runs[at] + runs[at + 1]
    for (let i = runs[at]; i < end; ) {
      const next = endOfWeights(given, i, end)
      if (next > i) {
        const last = found.length - 1
        // Neighbours become one run.
        if (last > 0 && found[last - 1] + found[last] === i) found[last] += next - i
        else found.push(i, next - i)
        room.set(given.subarray(i, next), rows)
        rows += next - i
      }
      i = next + 1
    }
  }
  const weights = room.subarray(0, rows)
  if (!all) {
    const sum = weights.reduce((a, b) => a + b, 0)
    for (let r = 0; r < rows; r++) weights[r] /= sum
    return { rows, runs: found, weights }
  }
  const { classOf, mass } = all
  const sums = mass.map(() => 0)
  const eachRow = (visit: (k: number, r: number) => void) => {
    let r = 0
    for (let at = 0; at < found.length; at += 2)
      for (let i = found[at], end = i + found[at + 1]; i < end; i++) visit(classOf(i), r++)
  }
  eachRow((k, r) => {
    sums[k] += weights[r]
  })
  eachRow((k, r) => {
    weights[r] *= mass[k] / sums[k]
  })
  return { rows, runs: found, weights }
}

/** The first row from i on, before `end`, that has no weight; else `end`. */
function endOfWeights(weights: Float64Array, i: number, end: number): number {
  while (i < end && weights[i] > 0) i++
  return i
}
