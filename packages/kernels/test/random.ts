// Numbers that are the same in every run.
import type { Matrix } from '@logodds/linear'

/** Uniform in [−1, 1). */
export function uniform(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
}

export const numbers = (count: number, random: () => number) => Float64Array.from({ length: count }, random)

export const views = ['row-major', 'column-major', 'sliced', 'reversed'] as const

/** Row-major, or a transposed, a sliced or a reversed view of something larger. */
export function matrixOf(n: number, p: number, view: (typeof views)[number], random: () => number): Matrix {
  const data = numbers((2 * n + 3) * (p + 2), random)
  if (view === 'row-major') return { data, shape: [n, p], stride: [p, 1], offset: 0 }
  if (view === 'column-major') return { data, shape: [n, p], stride: [1, n], offset: 0 }
  if (view === 'sliced') return { data, shape: [n, p], stride: [2 * (p + 2), 1], offset: 1 }
  return { data, shape: [n, p], stride: [-p, -1], offset: Math.max(0, n * p - 1) }
}
