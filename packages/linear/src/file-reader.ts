// Blocks of rows that are read when they are needed, packed like those in memory.
import { demand } from './demand.ts'
import { type PackedColumns, type PackedReader, packedReader } from './packed-reader.ts'

/** Where rows come from. */
export interface RowSource {
  /** n */
  readonly rows: number
  /** p */
  readonly columns: number
  /**
   * Writes rows first … first + rows − 1 to `into`, row-major: rows × p numbers. Called in the order of the rows, several times for each
   * question; synchronously, as solvers are.
   */
  read(first: number, rows: number, into: Float64Array): void
}

// What is read at a time: 1 MiB, whatever a block is, so that a call costs little beside what it brings.
const NUMBERS_AT_ONCE = 131072

/** As `packedReader`, of rows in a buffer that moves along. */
export function fileReader(
  { rows: n, columns, read }: RowSource,
  taken: PackedColumns,
  blockRows: number,
  p: number,
): PackedReader {
  // Without columns of the file there is nothing to read: ones alone.
  const isRead = taken.from.length > 0
  // Whole blocks, at least one, and no more than there are.
  const blocks = Math.min(Math.ceil(n / blockRows), Math.floor(NUMBERS_AT_ONCE / (columns * blockRows)))
  const most = blockRows * Math.max(1, blocks)
  const buffer = new Float64Array(isRead ? most * columns : 0)
  const matrix = { data: buffer, shape: [most, columns], stride: [columns, 1], offset: 0 }
  const packed = packedReader(matrix, taken, blockRows, p)
  // Rows start … end − 1 are in the buffer.
  let start = 0
  let end = 0

  // Rows first … first + count − 1 to row `at` of the buffer.
  function fetch(first: number, count: number, at: number): void {
    const into = buffer.subarray(at * columns, (at + count) * columns)
    // What is not written is not a number.
    into.fill(Number.NaN)
    const answer: unknown = read(first, count, into)
    const isPromise = typeof Object(answer).then === 'function'
    demand(!isPromise, 'blockFile', 'a read that is done when it returns', 'a promise')
    for (let q = 0; q < into.length; q++) {
      if (Number.isFinite(into[q])) continue
      const where = `row ${first + Math.floor(q / columns)}, column ${q % columns} (x${q % columns})`
      demand(false, 'blockFile', 'finite numbers in X', `${into[q]} in ${where}`)
    }
  }

  return {
    ...packed,
    read(first, count) {
      if (isRead && (first < start || first + count > end)) {
        // Nothing is there until all of it has been checked.
        end = 0
        fetch(first, Math.min(most, n - first), 0)
        start = first
        end = Math.min(n, first + most)
      }
      packed.read(isRead ? first - start : 0, count)
    },
    gather(list) {
      end = 0
      if (isRead)
        list.forEach((row, at) => {
          fetch(row, 1, at)
        })
      packed.read(0, list.length)
    },
  }
}
