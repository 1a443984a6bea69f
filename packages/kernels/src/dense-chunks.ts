// A question about all rows of a dense matrix, chunk by chunk: by whoever is there, or, where the numbers pass through a window, by this
// thread, piece by piece, with the same sums.
import type { Chunk } from './chunks.ts'
import { runChunks } from './crew.ts'
import type { DenseModule } from './dense-module.ts'
import { eachPiece } from './dense-pieces.ts'
import type { DenseStorage } from './dense-storage.ts'

/** Consecutive rows of chunk c: where they are, room for a block of them as doubles (0 if they are), what those that went before gave, and whether there were some (1) and more follow (2). */
export interface DenseRows extends Chunk {
  readonly c: number
  readonly x: number
  readonly wide: number
  readonly turn: number
  readonly before: number
}

/** @returns what each chunk gives, in their order */
export function askChunks<Name extends 'pass' | 'product'>(
  storage: DenseStorage,
  blockRows: number,
  chunks: readonly Chunk[],
  name: Name,
  given: (rows: DenseRows) => Parameters<DenseModule[Name]>,
): Float64Array {
  const { module, source, single, numbers, columns: p, sums } = storage
  // Whatever the name, numbers.
  const calls = module as unknown as Record<string, (...numbers: number[]) => number>
  const numbersOf = given as (rows: DenseRows) => number[]
  if (!source)
    return runChunks(
      calls,
      name,
      chunks.map(({ first, rows }, c) => {
        const x = numbers.byteOffset + numbers.BYTES_PER_ELEMENT * first * p
        const wide = single ? sums[c].wide.byteOffset : 0
        return numbersOf({ c, x, wide, turn: 0, before: 0, first, rows })
      }),
    )
  const call = calls[name]
  return Float64Array.from(chunks, (chunk, c) => {
    let value = 0
    eachPiece(storage, chunk, blockRows, (x, first, rows) => {
      const turn = +(first > chunk.first) + 2 * +(first + rows < chunk.first + chunk.rows)
      value = call(...numbersOf({ c, x, wide: 0, turn, before: value, first, rows }))
    })
    return value
  })
}
