// Which rows of a matrix are the chunks that threads share among themselves. They depend on the matrix only, never on how many
// threads there are: what the chunks find is added in their order, so that every number of threads gives the same bits.

/** Consecutive rows. */
export interface Chunk {
  readonly first: number
  readonly rows: number
}

// So much takes some 20 µs, against which handing it out is nothing.
const BYTES = 262144
const MOST = 32

/** How many chunks a matrix of so many bytes has, at most `most`. */
export const chunkCount = (bytes: number, most: number = MOST): number =>
  Math.max(1, Math.floor(Math.min(most, MOST, bytes / BYTES)))

/** All rows in at most `count` chunks of about one size, each but the last a multiple of `blockRows`. */
export function chunksOf(rows: number, blockRows: number, count: number): Chunk[] {
  const step = Math.ceil(rows / count / blockRows) * blockRows || 1
  return Array.from({ length: Math.ceil(rows / step) }, (_, c) => ({
    first: c * step,
    rows: Math.min(step, rows - c * step),
  }))
}

/** Adds the first numbers of the arrays of all of `count` chunks to that of the first, in their order. */
export function addUp<Part>(
  parts: readonly Part[],
  count: number,
  of: (part: Part) => Float64Array,
  numbers: number,
): void {
  const sum = of(parts[0])
  for (let c = 1; c < count; c++) {
    const more = of(parts[c])
    for (let j = 0; j < numbers; j++) sum[j] += more[j]
  }
}
