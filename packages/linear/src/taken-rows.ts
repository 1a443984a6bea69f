// Some rows of a design as a problem of their own: copied, where the design can do that, or read where they are.
import type { BlockReader } from './block-reader.ts'
import type { Design, TakenRows } from './design.ts'
import type { Problem } from './problem.ts'
import type { RowSample } from './row-sample.ts'

/** The rows of a sample: m of each number that there is of a row, nothing of n. */
export function sampledProblem(problem: Problem, { runs, rows, weights }: RowSample): Problem {
  const { y, offset, width, weights: all } = problem
  const gathered = (of: Float64Array, each: number) => {
    const some = new Float64Array(rows * each)
    let to = 0
    for (let at = 0; at < runs.length; at += 2) {
      const first = runs[at] * each
      const count = runs[at + 1] * each
      some.set(of.subarray(first, first + count), to)
      to += count
    }
    return some
  }
  return {
    ...problem,
    y: gathered(y, y.length / all.length),
    weights,
    offset: offset && gathered(offset, width),
  }
}

/** A copy, or what stands for one; to be released. */
export const takenRows = (design: Design, sample: RowSample): TakenRows =>
  design.take?.(sample.runs) ?? viewOf(design, sample)

/** The rows where they are: gathered, or read and multiplied by runs, those of a block one after the other. */
export function viewOf(design: Design, { rows, runs }: RowSample): TakenRows {
  const { columns, blockRows, preconditioner } = design
  // Of each run, which row of the view is its first; the last is how many there are.
  const starts = [0]
  for (let at = 0; at < runs.length; at += 2) starts.push(starts[at / 2] + runs[at + 1])
  return {
    rows,
    columns,
    blockRows,
    reader() {
      const inner = design.reader()
      const { gather } = inner
      if (!gather) return byRuns(inner, runs, starts)
      const list = new Int32Array(rows)
      for (let q = 0; q + 1 < starts.length; q++)
        for (let r = starts[q]; r < starts[q + 1]; r++) list[r] = runs[2 * q] + r - starts[q]
      return { ...inner, read: (first, count) => gather(list.subarray(first, first + count)) }
    },
    ...(preconditioner && {
      preconditioner(curvature, ridge) {
        const all = new Float64Array(design.rows)
        for (let q = 0; q + 1 < starts.length; q++)
          all.set(curvature.subarray(starts[q], starts[q + 1]), runs[2 * q])
        return preconditioner(all, ridge)
      },
    }),
  }
}

function byRuns(inner: BlockReader, runs: readonly number[], starts: readonly number[]): BlockReader {
  let from = 0
  let to = 0
  let run = 0
  let padded = new Float64Array()
  // Calls visit(k, count) after `count` rows, the k-th of the block and those behind it, have been read.
  const eachPart = (visit: (k: number, count: number) => void) => {
    for (let r = from, q = run; r < to; q++) {
      const count = Math.min(to, starts[q + 1]) - r
      inner.read(runs[2 * q] + r - starts[q], count)
      visit(r - from, count)
      r += count
    }
  }
  return {
    read(first, count) {
      from = first
      to = first + count
      if (starts[run] > first) run = 0
      while (starts[run + 1] <= first) run++
    },
    multiply: (w, K, out) => eachPart((k) => inner.multiply(w, K, out.subarray(k * K))),
    multiplyTransposed(r, K, out) {
      if (padded.length < r.length) padded = new Float64Array(r.length)
      eachPart((k, count) => {
        // Behind the last row there have to be numbers.
        padded.set(r.subarray(k * K, (k + count) * K))
        inner.multiplyTransposed(padded, K, out)
      })
    },
    gram: (s, K, out) => eachPart((k) => inner.gram(s.subarray(k * K * K), K, out)),
  }
}
