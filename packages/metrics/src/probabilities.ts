// The forms that predicted probabilities come in.
import type { Scores } from './label.ts'

/** A strided matrix: element (i, j) is `data[offset + i·stride[0] + j·stride[1]]`. Every 2-d scijs `ndarray` is one. */
export interface ProbabilityMatrix {
  readonly data: ArrayLike<number>
  readonly shape: readonly number[]
  readonly stride: readonly number[]
  readonly offset: number
}

/** Of the positive class (n numbers), or of every class (n × K: a matrix of any stride, or rows). Never changed. */
export type Probabilities = Scores | ProbabilityMatrix | ReadonlyArray<Scores>
