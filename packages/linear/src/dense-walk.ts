// Single rows of a strided matrix, centred and scaled on the way: one dot and one axpy a visit, nothing is packed.
import type { Matrix } from './matrix.ts'
import type { PackedColumns } from './packed-reader.ts'
import type { RowWalk } from './row-walk.ts'

/** A walk, and what it keeps: for who can do the same faster, and leaves it here. */
export interface DenseWalk extends RowWalk {
  readonly state: {
    /** inverse ∘ w, of the columns but for the ones. */
    readonly u: Float64Array
    /** inverse² ∘ M: what u grows by, times xᵢ − mean. */
    readonly growth: Float64Array
    /** What the ones have of w, and what that grows by; 0 where there are none. */
    intercept: number
    readonly ones: number
  }
}

/** @param metric M: one number for each column, and one more for ones behind them, if there are any */
export function denseWalk(
  { data, stride, offset }: Matrix,
  { from, mean, inverse }: PackedColumns,
  metric: Float64Array,
): DenseWalk {
  const p = from.length
  const u = new Float64Array(p)
  const growth = new Float64Array(p)
  for (let j = 0; j < p; j++) growth[j] = inverse[j] * inverse[j] * metric[j]
  const ones = metric.length > p ? metric[p] : 0
  const state = { u, growth, intercept: 0, ones }
  return {
    state,
    begin(w) {
      for (let j = 0; j < p; j++) u[j] = inverse[j] * w[j]
      state.intercept = ones && w[p]
    },
    dot: (i) => state.intercept + product(data, offset + i * stride[0], from, mean, u),
    square: (i) => ones + square(data, offset + i * stride[0], from, mean, growth),
    add(i, by) {
      state.intercept += by * ones
      grow(data, offset + i * stride[0], from, mean, growth, by, u)
    },
    read(out) {
      for (let j = 0; j < p; j++) out[j] = u[j] / inverse[j]
      if (ones) out[p] = state.intercept
    },
  }
}

// Functions of their own, since V8 keeps what a closure captures out of registers. Four sums, which do not wait for each other.

function product(
  data: ArrayLike<number>,
  at: number,
  from: Int32Array,
  mean: Float64Array,
  u: Float64Array,
): number {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let j = 0
  for (; j + 3 < u.length; j += 4) {
    a += (data[at + from[j]] - mean[j]) * u[j]
    b += (data[at + from[j + 1]] - mean[j + 1]) * u[j + 1]
    c += (data[at + from[j + 2]] - mean[j + 2]) * u[j + 2]
    d += (data[at + from[j + 3]] - mean[j + 3]) * u[j + 3]
  }
  for (; j < u.length; j++) a += (data[at + from[j]] - mean[j]) * u[j]
  return a + b + (c + d)
}

function square(
  data: ArrayLike<number>,
  at: number,
  from: Int32Array,
  mean: Float64Array,
  growth: Float64Array,
): number {
  let sum = 0
  for (let j = 0; j < growth.length; j++) sum += growth[j] * (data[at + from[j]] - mean[j]) ** 2
  return sum
}

function grow(
  data: ArrayLike<number>,
  at: number,
  from: Int32Array,
  mean: Float64Array,
  growth: Float64Array,
  by: number,
  u: Float64Array,
): void {
  for (let j = 0; j < u.length; j++) u[j] += by * growth[j] * (data[at + from[j]] - mean[j])
}
