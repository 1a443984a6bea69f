// A walk over the rows of any design: its own, one over what it stores, or by what its reader can do.
import { denseWalk } from './dense-walk.ts'
import type { Design } from './design.ts'
import type { Problem } from './problem.ts'
import type { RowWalk } from './row-walk.ts'
import { sparseWalk } from './sparse-walk.ts'

/** @param metric M: one number for each column */
export function rowWalk(design: Design, metric: Float64Array, problem?: Problem): RowWalk {
  const { stored, walk } = design
  if (walk) return walk(metric, problem)
  if (!stored) return plainWalk(design, metric)
  return stored.sparse
    ? sparseWalk(stored.sparse, stored.columns, metric)
    : denseWalk(stored.matrix, stored.columns, metric)
}

// By what the reader of any design can do, one row as a block.
function plainWalk(design: Design, metric: Float64Array): RowWalk {
  const { columns, blockRows } = design
  const reader = design.reader()
  const one = new Float64Array(blockRows)
  const row = new Float64Array(columns)
  const w = new Float64Array(columns)
  const unit = new Float64Array(blockRows)
  unit[0] = 1
  let here = -1
  const fetch = (i: number) => {
    if (i === here) return
    here = i
    reader.read(i, 1)
    row.fill(0)
    reader.multiplyTransposed(unit, 1, row)
  }
  return {
    begin: (from) => w.set(from),
    dot(i) {
      fetch(i)
      reader.multiply(w, 1, one)
      return one[0]
    },
    square(i) {
      fetch(i)
      return row.reduce((sum, x, j) => sum + metric[j] * x * x, 0)
    },
    add(i, by) {
      fetch(i)
      for (let j = 0; j < columns; j++) w[j] += by * metric[j] * row[j]
    },
    read: (out) => out.set(w),
  }
}
