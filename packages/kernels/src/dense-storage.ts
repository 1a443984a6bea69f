// A matrix in linear memory, row-major, with what its designs need beside it.
import type { Matrix, MatrixLike } from '@logodds/linear'
import { type Chunk, chunkCount } from './chunks.ts'
import { foresee } from './crew.ts'
import { type DenseModule, denseModule } from './dense-module.ts'
import type { Floats, Source } from './dense-source.ts'
import type { Dtype } from './dtype.ts'
import { giveMemory, takeMemory } from './memory-pool.ts'
import { momentsModule } from './moments-module.ts'
import { roomFor } from './room.ts'
import type { Memory } from './web-assembly.ts'

/** The most rows that a block of any design has. */
const MOST_ROWS = 512

// With sums of p numbers, a chunk of so many rows hardly moves more than its rows.
const MANY_ROWS = 64

// Half of a 32 KiB L1 cache holds a block.
const BLOCK_NUMBERS = 1600

// Sums are made of fewer: they are read twice, and beside them comes in what is next. Half as many again take a ninth longer.
const NUMBERS_TO_ADD = 800

/** What waits from block to block. */
const WAITING = 40

/** How many rows of so many columns make a block: a multiple of 4. */
const blockRowsOf = (columns: number, numbers = BLOCK_NUMBERS): number =>
  Math.max(4, Math.min(MOST_ROWS, numbers / (columns || 1))) & ~3

/** The same for a design of so many columns: what the cache holds are rows of the matrix. */
export const blockRowsFor = ({ columns }: DenseStorage, size: number): number =>
  blockRowsOf(Math.max(columns, size))

/** The same for sums of rows, without a Gram matrix. */
export const rowsToAdd = ({ columns }: DenseStorage): number => blockRowsOf(columns, NUMBERS_TO_ADD)

/** n × p numbers in linear memory, or what they pass through. All designs of a matrix share what is beside them; whoever uses it writes it first. */
export interface DenseStorage {
  readonly memory: Memory
  readonly module: DenseModule
  readonly rows: number
  readonly columns: number
  readonly dtype: Dtype
  /** Whether that is 'float32'. */
  readonly single: boolean
  /** n × p, row-major; none where they come from a source. */
  readonly numbers: Floats
  /** From where they come, a piece at a time. */
  readonly source: Source | undefined
  /** For numbers that do not lie here as doubles, `windowRows` rows that do, and which they are; and the same of single precision, to come in. */
  readonly window: Float64Array
  readonly windowRows: number
  readonly narrow: Float32Array
  inWindow: Chunk
  /** Of each row, for the problem that `problem` names: n, and room behind for an odd one, which is always 0. */
  readonly eta: Float64Array
  readonly y: Float64Array
  readonly s: Float64Array
  readonly offset: Float64Array
  readonly curvature: Float64Array
  problem: { leave(): void; giveWay(): void } | undefined
  /** Whether the memory has been given back, and nothing here is to be touched. */
  freed: boolean
  /** Gives it back. */
  release(): void
  /** Of each column: p. */
  readonly v: Float64Array
  readonly mean: Float64Array
  readonly inverse: Float64Array
  readonly pivots: Float64Array
  readonly keep: Uint32Array
  /** What `mean`, `inverse`, `keep` and `pivots` were last written for. */
  owner: unknown
  /** Whether `pivots` are to be subtracted from each number. */
  pivoted: boolean
  /** Of each row of a block. */
  readonly blockEta: Float64Array
  /** Of every chunk. */
  readonly sums: readonly ChunkSums[]
  /** Of every chunk of a question about Gram matrices, which has fewer; none where there are too many columns. */
  readonly grams: readonly ChunkGram[]
  /** See {@link roomFor}; holds nothing from one question to the next. */
  readonly room: Float64Array
}

export interface ChunkSums {
  /** p + 1. */
  readonly g: Float64Array
  /** Of each row of a block, and {@link WAITING}. */
  readonly residual: Float64Array
  /** For numbers of single precision, the rows of a block as doubles. */
  readonly wide: Float64Array
}

export interface ChunkGram {
  /** Rows of a block in `width` columns, a multiple of 4 that is at least p + 1. */
  readonly packed: Float64Array
  readonly weighted: Float64Array
  /** width × width. */
  readonly h: Float64Array
}

/** A multiple of 4 with room for p columns and an intercept. */
export const widthOf = (columns: number): number => (columns + 4) & ~3

// What the module keeps in memory itself: its constants.
const RESERVED = 4096
// A line of the cache.
const ALIGNMENT = 64

// What a memory can have.
const MOST_BYTES = 4294901760

// Pieces of so many numbers pass through the window: 256 KiB as doubles, which the second cache holds.
const WINDOW_NUMBERS = 32768
const WINDOW_ROWS = 16

// The Gram matrix of more columns is not kept room for: 32 MiB.
const MOST_WIDTH = 2048

/**
 * Takes memory, all 0 but for the numbers if they `come`; with a source, without room for them.
 *
 * @throws RangeError where there is not as much
 */
export function denseStorage(
  caller: string,
  n: number,
  p: number,
  dtype: Dtype,
  source: Source | undefined,
  come: boolean,
): DenseStorage {
  const single = dtype === 'float32'
  const width = widthOf(p)
  const perBlock = Math.max(MOST_ROWS, blockRowsOf(p + 1) * width, MOST_ROWS * 8)
  // What chunks add up to is to be small beside them.
  const chunks = chunkCount(8 * n * p, n / MANY_ROWS)
  const grams = width > MOST_WIDTH ? 0 : chunkCount(8 * n * p, (n * p) / width ** 2)
  const windowRows = Math.max(WINDOW_ROWS, blockRowsOf(p), Math.floor(WINDOW_NUMBERS / (p || 1)))
  const windowed = single || source ? windowRows * p : 0
  const ofChunks = [
    ...Array(chunks).fill([p + 1, MOST_ROWS + WAITING, single && !source ? blockRowsOf(p) * p : 0]),
    ...Array(grams).fill([perBlock, perBlock, width * width]),
  ]
  const ofRows = Array(5).fill(n + 2)
  const ofColumns = Array(5).fill(p)
  const ofWindow = [windowed, single && source ? windowed / 2 : 0]
  const ofNumbers = source ? 0 : single ? (n * p) / 2 : n * p
  const ofBlocks = [...ofWindow, MOST_ROWS, ...ofChunks.flat()]
  const counts = [ofNumbers, ...ofRows, ...ofColumns, ...ofBlocks, roomFor(n * p)]
  const sizes = counts.map((count) => Math.ceil((8 * count) / ALIGNMENT) * ALIGNMENT)
  const bytes = RESERVED + sizes.reduce((a, b) => a + b)
  if (!(bytes <= MOST_BYTES))
    throw new RangeError(
      `${caller}: expected what takes less than 4 GiB in memory, got ${bytes} bytes for ${n} × ${p}`,
    )
  const { memory, zeroed } = takeMemory(bytes)
  let top = RESERVED
  const places = sizes.map((bytes) => {
    const at = new Float64Array(memory.buffer, top, bytes / 8)
    top += bytes
    return at
  })
  const room = places[places.length - 1]
  if (!zeroed) for (const place of places.slice(+come, -1)) place.fill(0)
  const [all, eta, y, s, offset, curvature, v, mean, inverse, pivots, keep, window, half, ...more] = places
  const [blockEta, ...rest] = more
  const sums = Array.from({ length: chunks }, (_, c) => {
    const [g, residual, wide] = rest.slice(3 * c)
    return { g, residual, wide }
  })
  const after = rest.slice(3 * chunks)
  const count = source ? 0 : n * p
  const made: DenseStorage = {
    memory,
    module: denseModule(memory),
    rows: n,
    columns: p,
    dtype,
    single,
    numbers: single ? new Float32Array(all.buffer, all.byteOffset, count) : all.subarray(0, count),
    source,
    window,
    windowRows,
    narrow: new Float32Array(half.buffer, half.byteOffset, 2 * half.length),
    inWindow: { first: 0, rows: 0 },
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
    mean,
    inverse,
    pivots,
    keep: new Uint32Array(keep.buffer, keep.byteOffset, p),
    owner: undefined,
    pivoted: false,
    blockEta,
    sums,
    grams: Array.from({ length: grams }, (_, c) => {
      const [packed, weighted, h] = after.slice(3 * c)
      return { packed, weighted, h }
    }),
    room,
  }
  known.set(memory.buffer, made)
  const untouched = [eta.byteOffset, offset.byteOffset] as const
  const foreseen = !source && foresee(8 * count, () => [made.module, momentsModule(memory)], untouched)
  // The system has pages to make when memory is touched first: better now than in the midst of the first fit.
  if (!foreseen && zeroed) for (const ofRow of [eta, y, s]) ofRow.fill(0)
  return made
}

/** @throws TypeError if the memory has been given back */
export function demandHeld({ freed }: DenseStorage): void {
  if (freed) throw new TypeError('dense: expected a matrix in memory, got one that free has given back')
}

/** Whose memory it is. */
const known = new WeakMap<ArrayBufferLike, DenseStorage>()

/** The matrix of the kernels that X is, all of it. */
export function ownOf(X: MatrixLike): DenseStorage | undefined {
  const { data, shape, stride, offset } = Object(X) as Partial<Matrix>
  const own = ArrayBuffer.isView(data) ? known.get(data.buffer) : undefined
  if (!own || own.freed) return own
  const { rows, columns, numbers } = own
  const isWhole =
    shape?.[0] === rows && shape[1] === columns && stride?.[0] === columns && stride[1] === 1 && offset === 0
  return isWhole && data === numbers ? own : undefined
}
