// Compressed sparse rows in linear memory, with what their designs need beside them.
import type { SparseRows } from '@logodds/linear'
import { type Chunk, chunkCount, chunksOf } from './chunks.ts'
import { giveMemory, takeMemory } from './memory-pool.ts'
import { roomFor } from './room.ts'
import { type SparseModule, sparseModule } from './sparse-module.ts'
import type { Memory } from './web-assembly.ts'

/** Rows in linear memory. All designs of a matrix share what is beside them; whoever uses it writes it first. */
export interface SparseStorage {
  readonly memory: Memory
  readonly module: SparseModule
  readonly rows: number
  readonly columns: number
  /** In bytes, what the module's functions take first: for rows from `first` on. */
  place(first: number, rows: number): [number, number, number, number, number]
  /** Row i has the entries starts[i] … starts[i + 1] − 1. */
  readonly starts: Int32Array
  /** Of each entry. */
  readonly indices: Uint16Array | Uint32Array
  readonly values: Float64Array
  readonly blockRows: number
  /** Of each row, for the problem that `problem` names: n, and room behind for an odd one, which is always 0. */
  readonly eta: Float64Array
  readonly y: Float64Array
  readonly s: Float64Array
  readonly offset: Float64Array
  readonly curvature: Float64Array
  problem: { leave(): void } | undefined
  /** Whether the memory has been given back, and nothing here is to be touched. */
  freed: boolean
  /** Gives it back. */
  release(): void
  /** Of each column. */
  readonly v: Float64Array
  /** Of each row that a reader takes at a time. */
  readonly some: Float64Array
  /** What linear keeps of each column while moments are made. */
  readonly numbers: Float64Array
  readonly wholes: Int32Array
  readonly masses: Float64Array
  readonly chunks: readonly SparseChunk[]
  /** Rows of a question about Gram matrices; none where p × p numbers are too many. */
  readonly grams: readonly SparseGram[]
  /** See {@link roomFor}; holds nothing from one question to the next. */
  readonly room: Float64Array
}

export interface SparseChunk extends Chunk {
  /** 2p + 1. */
  readonly g: Float64Array
  /** Of each row of a block. */
  readonly residual: Float64Array
}

export interface SparseGram extends SparseChunk {
  /** p × p, and p + 2 behind. */
  readonly h: Float64Array
  /** p + 1, and one behind. */
  readonly t: Float64Array
  /** Of each two columns. */
  readonly pairs: Float64Array
}

// Entries of a block, whose 10 bytes each are read twice: the second cache holds them, beside what the columns have.
const BLOCK_ENTRIES = 4096
const MOST_BLOCK_ROWS = 512
// What waits from block to block.
const WAITING = 40
// The most rows that a reader takes at a time.
const MOST_ROWS = 8192
// What each chunk adds up for every column is to be small beside what it does for its entries.
const ENTRIES_PER_COLUMN = 32
const MOST_GRAM_COLUMNS = 2048
// Of 64 MiB of Gram matrices, each chunk has one.
const MOST_GRAM_NUMBERS = 8388608
const MOST_GRAMS = 8
const NARROW = 65536
// What there is to a memory: the last page is left out, so that places behind the last byte have a number.
const MOST_BYTES = 4294901760
// What the module keeps in memory itself: its constants.
const RESERVED = 4096
// A line of the cache.
const ALIGNMENT = 64

/** Where a matrix is that is in use. */
const known = new WeakMap<SparseRows, SparseStorage>()

/** The rows of a storage that have been written, for those that go through them in plain TypeScript; valid until the memory is given back. */
export function rowsIn(storage: SparseStorage): SparseRows {
  const { rows, columns, starts, values } = storage
  // They take care of few questions, and want other indices than the kernels.
  let indices: Int32Array | undefined
  const matrix: SparseRows = {
    rows,
    columns,
    starts,
    get indices() {
      indices ??= new Int32Array(storage.indices)
      return indices
    },
    values,
    some: (runs) => rowsIn(someOf(storage, runs)),
  }
  known.set(matrix, storage)
  return matrix
}

/** A copy of these rows in memory of their own: the first and the number of each run of them, in turn. */
function someOf(storage: SparseStorage, runs: readonly number[]): SparseStorage {
  demandHeldRows(storage)
  const { starts, indices, values, columns } = storage
  let rows = 0
  let size = 0
  for (let at = 0; at < runs.length; at += 2) {
    rows += runs[at + 1]
    size += starts[runs[at] + runs[at + 1]] - starts[runs[at]]
  }
  const made = sparseStorage(rows, columns, size)
  let row = 0
  let to = 0
  for (let at = 0; at < runs.length; at += 2) {
    const [first, end] = [runs[at], runs[at] + runs[at + 1]]
    for (let i = first; i < end; i++) made.starts[row++] = to + starts[i] - starts[first]
    made.indices.set(indices.subarray(starts[first], starts[end]), to)
    made.values.set(values.subarray(starts[first], starts[end]), to)
    to += starts[end] - starts[first]
  }
  made.starts[row] = to
  return made
}

/** The matrix, copied once. @throws RangeError where there is not as much memory */
export function storedRows(matrix: SparseRows): SparseStorage {
  const there = known.get(matrix)
  if (there) return there
  const { rows, columns, values, indices, starts } = matrix
  const made = sparseStorage(rows, columns, values.length)
  made.starts.set(starts)
  made.indices.set(indices)
  made.values.set(values)
  known.set(matrix, made)
  return made
}

/**
 * Room for n rows of p columns with `size` entries, which are to be written, and for one entry behind them.
 *
 * @param room how many numbers `some` is for
 * @throws RangeError where there is not as much memory
 */
export function sparseStorage(n: number, p: number, size: number, room = MOST_ROWS): SparseStorage {
  const wide = p > NARROW
  const blockRows = Math.max(4, Math.min(MOST_BLOCK_ROWS, (BLOCK_ENTRIES * n) / (size || 1))) & ~3
  const chunks = chunksOf(n, blockRows, chunkCount(10 * size, size / ENTRIES_PER_COLUMN / (p || 1)))
  const products = size ** 2 / (n || 1)
  const mostGrams = Math.min(MOST_GRAMS, products / p ** 2 / 32, MOST_GRAM_NUMBERS / p ** 2)
  const grams = p <= MOST_GRAM_COLUMNS ? chunksOf(n, blockRows, chunkCount(products, mostGrams)) : []
  const most = Math.max(chunks.length, grams.length)
  const bytes = [
    4 * (n + 1),
    (wide ? 4 : 2) * (size + 1),
    8 * (size + 1),
    ...Array<number>(5).fill(8 * (n + 2)),
    8 * p,
    8 * Math.max(room, MOST_ROWS),
    32 * p,
    16 * p,
    ...Array<number>(most).fill(8 * (2 * p + 1)),
    ...Array<number>(most).fill(8 * (blockRows + WAITING)),
    ...grams.map(() => 8 * (p * p + p + 2)),
    ...grams.map(() => 8 * (p + 2)),
    ...grams.map(() => 16 * (p + 1)),
    8 * roomFor(size),
  ].map((count) => Math.ceil(count / ALIGNMENT) * ALIGNMENT)
  const all = RESERVED + bytes.reduce((a, b) => a + b)
  if (!(all <= MOST_BYTES))
    throw new RangeError(
      `csr: expected what takes less than 4 GiB in memory, got ${all} bytes for ${size} entries in ${n} × ${p}`,
    )
  const { memory } = takeMemory(all)
  const { buffer } = memory
  let top = RESERVED
  const places = bytes.map((length) => {
    const at = top
    top += length
    return new Float64Array(buffer, at, length / 8)
  })
  const [starting, numbering, values, eta, y, s, offset, curvature, v, some, numbers, masses, ...rest] =
    places
  for (const array of [eta, y, s, offset]) array.fill(0, n)
  const withSums = (chunk: Chunk, c: number) => ({ ...chunk, g: rest[c], residual: rest[most + c] })
  const made: SparseStorage = {
    memory,
    module: sparseModule(memory),
    rows: n,
    columns: p,
    place: (first, rows) => [
      +wide,
      starting.byteOffset + 4 * first,
      numbering.byteOffset,
      values.byteOffset,
      rows,
    ],
    starts: new Int32Array(buffer, starting.byteOffset, n + 1),
    indices: new (wide ? Uint32Array : Uint16Array)(buffer, numbering.byteOffset, size),
    values: values.subarray(0, size),
    blockRows,
    eta,
    y,
    s,
    offset,
    curvature,
    problem: undefined,
    freed: false,
    release() {
      if (made.freed) return
      // Whoever asks for η later has it.
      made.problem?.leave()
      made.problem = undefined
      made.freed = true
      giveMemory(memory)
    },
    v,
    some,
    numbers: numbers.subarray(0, 4 * p),
    wholes: new Int32Array(buffer, numbers.byteOffset, 8 * p),
    masses: masses.subarray(0, 2 * p),
    chunks: chunks.map(withSums),
    grams: grams.map((chunk, c) => ({
      ...withSums(chunk, c),
      h: rest[2 * most + c],
      t: rest[2 * most + grams.length + c],
      pairs: rest[2 * most + 2 * grams.length + c],
    })),
    room: places[places.length - 1],
  }
  return made
}

/** @throws TypeError if the memory has been given back */
export function demandHeldRows({ freed }: SparseStorage): void {
  if (freed) throw new TypeError('csr: expected sparse rows in memory, got some that free has given back')
}
