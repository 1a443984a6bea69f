// One column of the probabilities: the scores by which a class is ranked against all others.
import type { DenseMatrix } from '@logodds/linear'

export function classScores({ data, shape }: DenseMatrix, k: number): Float64Array {
  const [rows, width] = shape
  return Float64Array.from({ length: rows }, (_, i) => data[i * width + k])
}
