// A matrix in linear memory, row-major, with what its designs need beside it. It is copied there once from any array, unless it lies
// there already.
import { asMatrix, type Matrix, type MatrixLike } from '@logodds/linear'
import { chunkCount } from './chunks.ts'
import { type DenseModule, denseModule } from './dense-module.ts'
import { giveMemory, takeMemory } from './memory-pool.ts'
import { roomFor } from './room.ts'
import type { Memory } from './web-assembly.ts'

/** The most rows that a block of any design has. */
const MOST_ROWS = 512

// With sums of p numbers, a chunk of so many rows hardly moves more than its rows.
const MANY_ROWS = 64

// Half of a 32 KiB L1 cache holds a block.
const BLOCK_NUMBERS = 1600

/** How many rows of so many columns make a block: a multiple of 4. */
export const blockRowsOf = (columns: number): number =>
  Math.max(4, Math.min(MOST_ROWS, BLOCK_NUMBERS / (columns || 1))) & ~3

/** n × p numbers in linear memory. All designs of a matrix share what is beside them; whoever uses it writes it first. */
export interface DenseStorage {
  readonly memory: Memory
  readonly module: DenseModule
  readonly rows: number
  readonly columns: number
  /** n × p, row-major. */
  readonly numbers: Float64Array
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
  /** Of every chunk of a question about Gram matrices, which has fewer. */
  readonly grams: readonly ChunkGram[]
  /** See {@link roomFor}; holds nothing from one question to the next. */
  readonly room: Float64Array
}

export interface ChunkSums {
  /** p + 1. */
  readonly g: Float64Array
  /** Of each row of a block. */
  readonly residual: Float64Array
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

/** Takes memory, all 0 but for the numbers if they `come`. @throws RangeError where there is not as much. */
export function denseStorage(n: number, p: number, come = false): DenseStorage {
  const width = widthOf(p)
  const perBlock = Math.max(MOST_ROWS, blockRowsOf(p + 1) * width, MOST_ROWS * 8)
  // What chunks add up to is to be small beside them.
  const chunks = chunkCount(8 * n * p, n / MANY_ROWS)
  const grams = chunkCount(8 * n * p, (n * p) / width ** 2)
  const ofChunks = [
    ...Array(chunks).fill([p + 1, MOST_ROWS]),
    ...Array(grams).fill([perBlock, perBlock, width * width]),
  ]
  const ofRows = Array(5).fill(n + 2)
  const ofColumns = Array(5).fill(p)
  const counts = [n * p, ...ofRows, ...ofColumns, MOST_ROWS, ...ofChunks.flat(), roomFor(n * p)]
  const sizes = counts.map((count) => Math.ceil((8 * count) / ALIGNMENT) * ALIGNMENT)
  const { memory, zeroed } = takeMemory(RESERVED + sizes.reduce((a, b) => a + b))
  let top = RESERVED
  const places = sizes.map((bytes) => {
    const at = new Float64Array(memory.buffer, top, bytes / 8)
    top += bytes
    return at
  })
  const room = places[places.length - 1]
  if (!zeroed) for (const place of places.slice(+come, -1)) place.fill(0)
  const [numbers, eta, y, s, offset, curvature, v, mean, inverse, pivots, keep, blockEta, ...rest] = places
  const sums = Array.from({ length: chunks }, (_, c) => ({ g: rest[2 * c], residual: rest[2 * c + 1] }))
  const after = rest.slice(2 * chunks)
  const made: DenseStorage = {
    memory,
    module: denseModule(memory),
    rows: n,
    columns: p,
    numbers: numbers.subarray(0, n * p),
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
  return made
}

/** @throws TypeError if the memory has been given back */
export function demandHeld({ freed }: DenseStorage): void {
  if (freed) throw new TypeError('dense: expected a matrix in memory, got one that free has given back')
}

/** Whose memory it is. */
const known = new WeakMap<ArrayBufferLike, DenseStorage>()

/**
 * X where the kernels can reach it.
 *
 * @throws RangeError that says where, if X is no matrix, its rows differ in length, or an entry is not a finite number
 */
export function stored(caller: string, X: MatrixLike): DenseStorage {
  const own = ownOf(X)
  if (own) demandHeld(own)
  const made = own ?? fromRows(X) ?? fromFlat(X)
  if (made?.module.finite(made.numbers.byteOffset, made.numbers.length)) return made
  if (made && !own) made.release()
  // Slower, for any other strides and arrays, and for saying what is wrong.
  const { data, shape, stride, offset } = asMatrix(caller, X)
  const copy = denseStorage(shape[0], shape[1], true)
  copyByTiles(data, stride, offset, copy.numbers, shape[0], shape[1])
  return copy
}

/** An array of rows of one length. */
function fromRows(X: MatrixLike): DenseStorage | undefined {
  if (!Array.isArray(X) || X.length === 0) return
  const p = X[0]?.length
  if (!(p > 0 && X.every((row) => typeof row === 'object' && row?.length === p))) return
  const made = denseStorage(X.length, p, true)
  const { numbers } = made
  let q = 0
  for (const row of X)
    for (let j = 0; j < p; j++) {
      const v = row[j]
      // What is no number becomes one that is not finite.
      numbers[q++] = typeof v === 'number' ? v : Number.NaN
    }
  return made
}

/** The matrix of the kernels that X is, all of it. */
function ownOf(X: MatrixLike): DenseStorage | undefined {
  const { data, shape, stride, offset } = Object(X) as Partial<Matrix>
  const own = ArrayBuffer.isView(data) ? known.get(data.buffer) : undefined
  if (!own || own.freed) return own
  const { rows, columns, numbers } = own
  const isWhole =
    shape?.[0] === rows && shape[1] === columns && stride?.[0] === columns && stride[1] === 1 && offset === 0
  return isWhole && data === numbers ? own : undefined
}

/** A Float64Array of rows, one behind the other. */
function fromFlat(X: MatrixLike): DenseStorage | undefined {
  const { data, shape, stride, offset } = Object(X) as Matrix
  if (!(data instanceof Float64Array && shape?.length === 2 && stride)) return
  const [n, p] = shape
  const last = offset + n * p
  if (!(n > 0 && p > 0 && stride[1] === 1 && stride[0] === p && offset >= 0 && last <= data.length)) return
  const made = denseStorage(n, p, true)
  made.numbers.set(data.subarray(offset, last))
  return made
}

// Rows and columns of a tile: a column-major matrix is then read, and written, by lines of the cache.
const TILE = 16

function copyByTiles(
  data: ArrayLike<number>,
  [down, right]: readonly number[],
  offset: number,
  numbers: Float64Array,
  n: number,
  p: number,
): void {
  for (let first = 0; first < n; first += TILE)
    for (let left = 0; left < p; left += TILE)
      for (let i = first; i < Math.min(n, first + TILE); i++)
        for (let j = left; j < Math.min(p, left + TILE); j++)
          numbers[i * p + j] = data[offset + i * down + j * right]
}
