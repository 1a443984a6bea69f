// Some rows of a matrix in memory of their own, where they lie together.
import { type DenseStorage, demandHeld, denseStorage } from './dense-storage.ts'

/**
 * A copy, to be released; undefined where there is not as much memory.
 *
 * @param runs the first row and the number of rows of each run, in turn
 */
export function denseTake(storage: DenseStorage, runs: readonly number[]): DenseStorage | undefined {
  demandHeld(storage)
  const { numbers, source, columns: p, dtype } = storage
  const rows = runs.reduce((sum, count, at) => sum + (at % 2 ? count : 0), 0)
  const taken = storageFor(rows, p, dtype)
  if (!taken) return
  let to = 0
  for (let at = 0; at < runs.length; at += 2) {
    const [first, count] = [runs[at], runs[at + 1]]
    if (source) source.copy(first, count, taken.numbers.subarray(to, to + count * p))
    else taken.numbers.set(numbers.subarray(first * p, (first + count) * p), to)
    to += count * p
  }
  return taken
}

function storageFor(rows: number, p: number, dtype: DenseStorage['dtype']): DenseStorage | undefined {
  try {
    return denseStorage('dense', rows, p, dtype, undefined, true)
  } catch (error) {
    if (error instanceof RangeError) return
    throw error
  }
}
