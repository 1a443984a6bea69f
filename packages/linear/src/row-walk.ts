// From row to row: w = w₀ + M Σ αᵢxᵢ for a diagonal M, kept up to date as αᵢ changes. What dual coordinate descent does to a design.
import { denseWalk } from './dense-walk.ts'
import type { Design } from './design.ts'
import type { Problem } from './problem.ts'
import { sparseWalk } from './sparse-walk.ts'

/** A vector w of as many numbers as the design has columns, and what a row has to do with it. */
export interface RowWalk {
  /** w ← a copy of `w`. */
  begin(w: Float64Array): void
  /** xᵢᵀw. */
  dot(i: number): number
  /** xᵢᵀM xᵢ. */
  square(i: number): number
  /** w ← w + by · M xᵢ. */
  add(i: number, by: number): void
  /** Writes w. */
  read(out: Float64Array): void
  /**
   * Where the design can go over many rows of a problem in one call: each αᵢ in turn to the minimum of the dual along it, `dual` and w with it.
   * Returns Σ xᵢᵀMxᵢ (change of αᵢ)².
   */
  sweep?(order: Int32Array, dual: Float64Array): number
}

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
