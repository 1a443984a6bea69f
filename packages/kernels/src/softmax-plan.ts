// How the room beside a matrix is laid out for a question about K columns of η: coefficients; and for each chunk of rows its sums, its scratch,
// and what belongs to some of its rows, after which it goes on with the next ones.
import { type Chunk, chunkCount, chunksOf } from './chunks.ts'
import { strideOf } from './many-columns.ts'

/** What a question needs. */
export interface Needs {
  /** n × P, of so many bytes. */
  readonly rows: number
  readonly columns: number
  readonly bytes: number
  readonly blockRows: number
  readonly K: number
  readonly offset: boolean
  /** Numbers of other arrays that each chunk needs, in their order; even numbers. */
  readonly scratch: readonly number[]
}

export interface ChunkRoom extends Chunk {
  /** (P + 1) × stride. */
  readonly g: Float64Array
  /** blockRows × stride. */
  readonly residual: Float64Array
  readonly scratch: readonly Float64Array[]
  /** Of `piece` rows. */
  readonly eta: Float64Array
  readonly offset: Float64Array
  readonly y: Float64Array
  readonly s: Float64Array
}

export interface Plan {
  /** (P + 1) × stride. */
  readonly w: Float64Array
  readonly chunks: readonly ChunkRoom[]
  /** How many rows of each chunk are answered about at a time. */
  readonly piece: number
}

// With sums of P numbers, a chunk of so many rows hardly does more than its rows need.
const MANY_ROWS = 64

/** undefined where the room is too small for one block of rows. */
export function planOf(room: Float64Array, needs: Needs): Plan | undefined {
  const { rows, columns, bytes, blockRows, K, offset, scratch } = needs
  const stride = strideOf(K)
  const sums = (columns + 1) * stride
  const residual = blockRows * stride
  const fixed = sums + residual + scratch.reduce((a, b) => a + b, 0)
  const perRow = stride * (offset ? 2 : 1) + 2
  const free = room.length - sums
  const most = Math.floor(free / (fixed + Math.max(blockRows * perRow, Math.min(fixed, MANY_ROWS * perRow))))
  if (most < 1 || rows === 0) return
  const chunks = chunksOf(rows, blockRows, chunkCount(bytes, Math.min(most, rows / MANY_ROWS)))
  const fitting = Math.floor((free / chunks.length - fixed) / perRow / blockRows) * blockRows
  const longest = Math.ceil(chunks[0].rows / blockRows) * blockRows
  const piece = Math.min(longest, fitting)
  let top = 0
  const take = (count: number) => {
    top += count
    return room.subarray(top - count, top)
  }
  return {
    w: take(sums),
    piece,
    chunks: chunks.map((chunk) => ({
      ...chunk,
      g: take(sums),
      residual: take(residual),
      scratch: scratch.map(take),
      eta: take(piece * stride),
      offset: take(offset ? piece * stride : 0),
      y: take(piece),
      s: take(piece),
    })),
  }
}
