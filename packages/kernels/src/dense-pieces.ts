// Rows of a matrix as doubles in linear memory, where the module can work on them: where they lie or, if they are of single precision or
// come from elsewhere, in a window through which they pass.
import type { Chunk } from './chunks.ts'
import type { DenseStorage } from './dense-storage.ts'

/** Where rows first … first + rows − 1 are, in bytes, until others are asked for; no more of them than the window has room for. */
export function bring(storage: DenseStorage, first: number, rows: number): number {
  const { module, numbers, source, single, columns: p, window, narrow, inWindow } = storage
  if (!source && !single) return numbers.byteOffset + 8 * first * p
  if (first < inWindow.first || first + rows > inWindow.first + inWindow.rows) {
    // Nothing is there until all of it is.
    storage.inWindow = { first: 0, rows: 0 }
    if (source) source.copy(first, rows, single ? narrow : window)
    if (single) {
      const from = source ? narrow.byteOffset : numbers.byteOffset + 4 * first * p
      module.widen(from, rows * p, window.byteOffset)
    }
    storage.inWindow = { first, rows }
  }
  return window.byteOffset + 8 * (first - storage.inWindow.first) * p
}

// A call of many more numbers runs to its end in the code of the platform's fast compiler, since the better one's is for the calls that follow.
const NUMBERS_A_CALL = 65536

/** Rows of a chunk, in their order, whole blocks at a time: some half a megabyte where they lie as doubles, else what the window has room for. */
export function eachPiece(
  storage: DenseStorage,
  chunk: Chunk,
  blockRows: number,
  visit: (place: number, first: number, rows: number) => void,
): void {
  const { source, single, windowRows, columns } = storage
  const most = source || single ? windowRows : Math.max(blockRows, NUMBERS_A_CALL / columns)
  const step = Math.floor(most / blockRows) * blockRows
  const end = chunk.first + chunk.rows
  for (let first = chunk.first; first < end; first += step) {
    const rows = Math.min(step, end - first)
    visit(bring(storage, first, rows), first, rows)
  }
}
