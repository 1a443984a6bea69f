// A matrix, in any of its forms, as one vector for each column.
import { fault } from './fault.ts'
import type { Scores } from './label.ts'
import type { ProbabilityMatrix } from './probabilities.ts'

/** n × K numbers: anything with the four fields of an ndarray, or n rows of K. */
export type ScoreMatrix = ProbabilityMatrix | ReadonlyArray<Scores>

/** K vectors of n numbers. What the numbers are is left to whom they are for. */
export function matrixColumns(
  caller: string,
  name: string,
  matrix: ScoreMatrix,
  rows: number,
  width: number,
): Float64Array[] {
  const strided = matrix && 'shape' in matrix ? matrix : undefined
  const list = matrix as ReadonlyArray<Scores>
  if (
    strided
      ? `${strided.shape}` !== `${rows},${width}` || strided.stride?.length !== 2
      : list?.length !== rows
  )
    fault(caller, `${name}, ${rows} (rows of truth) by ${width} (classes)`, strided?.shape ?? list?.length)
  const columns = Array.from({ length: width }, () => new Float64Array(rows))
  for (let i = 0; i < rows; i++) {
    if (!strided && list[i]?.length !== width)
      fault(caller, `${name}[${i}].length ${width} (classes)`, list[i]?.length)
    for (let k = 0; k < width; k++) {
      const value = strided
        ? strided.data[strided.offset + i * strided.stride[0] + k * strided.stride[1]]
        : list[i][k]
      if (value !== +value) fault(caller, `${name}[${i}][${k}] to be a number`, value, TypeError)
      columns[k][i] = value
    }
  }
  return columns
}
