// A matrix in linear memory, row-major, with what its designs need beside it. It is copied there once from any array, unless it lies
// there already.
import type { Matrix } from '@logodds/linear'
import { type DenseModule, denseModule } from './dense-module.ts'
import { memoryOf } from './web-assembly.ts'

/** The most rows that a block of any design has. */
export const MOST_ROWS = 512

// Half of a 32 KiB L1 cache holds a block.
const BLOCK_NUMBERS = 1600

/** How many rows of so many columns make a block: a multiple of 4. */
export const blockRowsOf = (columns: number): number =>
  Math.max(4, Math.min(MOST_ROWS, BLOCK_NUMBERS / (columns || 1))) & ~3

/** n × p numbers in linear memory. All designs of a matrix share what is beside them; whoever uses it writes it first. */
export interface DenseStorage {
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
  /** Of each column: p. */
  readonly v: Float64Array
  readonly mean: Float64Array
  readonly inverse: Float64Array
  readonly pivots: Float64Array
  readonly keep: Uint32Array
  /** p + 1. */
  readonly g: Float64Array
  /** What `mean`, `inverse`, `keep` and `pivots` were last written for. */
  owner: unknown
  /** Whether `pivots` are to be subtracted from each number. */
  pivoted: boolean
  /** Of each row of a block. */
  readonly blockEta: Float64Array
  readonly blockResidual: Float64Array
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

/** Makes the memory, all 0. @throws RangeError where there is not as much. */
export function denseStorage(n: number, p: number): DenseStorage {
  const width = widthOf(p)
  const perBlock = Math.max(MOST_ROWS, blockRowsOf(p + 1) * width, MOST_ROWS * 8)
  const counts = [n * p, n + 2, n + 2, n + 2, n + 2, n + 2, p, p, p, p, p, p + 1, MOST_ROWS, MOST_ROWS]
  const sizes = [...counts, perBlock, perBlock, width * width].map(
    (count) => Math.ceil((8 * count) / ALIGNMENT) * ALIGNMENT,
  )
  const memory = memoryOf(RESERVED + sizes.reduce((a, b) => a + b))
  let top = RESERVED
  const places = sizes.map((bytes) => {
    const at = new Float64Array(memory.buffer, top, bytes / 8)
    top += bytes
    return at
  })
  const [numbers, eta, y, s, offset, curvature, v, mean, inverse, pivots, keep, g, ...blocks] = places
  const [blockEta, blockResidual, packed, weighted, h] = blocks
  const made: DenseStorage = {
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
    v,
    mean,
    inverse,
    pivots,
    keep: new Uint32Array(keep.buffer, keep.byteOffset, p),
    g,
    owner: undefined,
    pivoted: false,
    blockEta,
    blockResidual,
    packed,
    weighted,
    h,
  }
  known.set(memory.buffer, made)
  return made
}

/** Whose memory it is. */
const known = new WeakMap<ArrayBufferLike, DenseStorage>()

/** The matrix where the kernels can reach it. */
export function stored({ data, shape, stride, offset }: Matrix): DenseStorage {
  const [n, p] = shape
  const own = data instanceof Float64Array ? known.get(data.buffer) : undefined
  const first = own && (data as Float64Array).byteOffset + 8 * offset
  const whole = own && first === own.numbers.byteOffset && own.rows === n && own.columns === p
  if (whole && stride[1] === 1 && stride[0] === p) return own
  const made = denseStorage(n, p)
  copy(data, stride, offset, made.numbers, n, p)
  return made
}

// Rows and columns of a tile: a column-major matrix is then read, and written, by lines of the cache.
const TILE = 16

function copy(
  data: ArrayLike<number>,
  [down, right]: readonly number[],
  offset: number,
  numbers: Float64Array,
  n: number,
  p: number,
): void {
  if (right === 1 && down === p && ArrayBuffer.isView(data)) {
    numbers.set((data as Float64Array).subarray(offset, offset + n * p))
    return
  }
  for (let first = 0; first < n; first += TILE)
    for (let left = 0; left < p; left += TILE)
      for (let i = first; i < Math.min(n, first + TILE); i++)
        for (let j = left; j < Math.min(p, left + TILE); j++)
          numbers[i * p + j] = data[offset + i * down + j * right]
}
