// Weighted moments of the columns of a stored matrix, and its fingerprint, in one pass by chunks that threads share.
import type { ColumnMoments } from '@logodds/linear'
import { type Chunk, chunksOf } from './chunks.ts'
import { runChunks } from './crew.ts'
import type { DenseColumns } from './dense-columns.ts'
import { eachPiece } from './dense-pieces.ts'
import { type DenseStorage, demandHeld } from './dense-storage.ts'
import { demandFinite } from './finite.ts'
import { type MomentsModule, momentsModule } from './moments-module.ts'

// Squares that still have all their digits.
const SMALLEST = 1e-280
// The module takes so many rows at a time, and a fingerprint is of so many.
const BLOCK_ROWS = 8

/** Of each column of the matrix, over the rows of a chunk: the mean, Σ s (x − mean)², what is 0 if all rows with weight are alike, two words. */
interface ChunkMoments {
  readonly mean: Float64Array
  readonly squares: Float64Array
  readonly varies: Float64Array
  readonly hashes: Float64Array
}

/**
 * What linear's columnMoments gives, up to rounding, with the same fingerprint. Chunks depend on the shape of the matrix alone, and are put
 * together in their order, pair by pair: Chan, Golub & LeVeque, Algorithms for Computing the Sample Variance (1983). So any number of threads
 * gives the same bits.
 *
 * @throws RangeError that says where, if a number is not finite
 */
export function denseMoments(
  storage: DenseStorage,
  { from, mean: centre, inverse, intercept }: DenseColumns,
  weights: Float64Array,
): ColumnMoments {
  const { rows, columns: p, s, sums, room } = storage
  demandHeld(storage)
  storage.problem?.giveWay()
  storage.problem = undefined
  storage.owner = undefined
  s.set(weights)
  // An even number of columns, which the module takes by twos.
  const each = (p + 1) & ~1
  const fit = 1 + Math.floor(room.length / (4 * each))
  const chunks = chunksOf(rows, BLOCK_ROWS, Math.min(sums.length, fit))
  room.fill(0, 0, Math.max(0, 4 * each * (chunks.length - 1)))
  // The first chunk's are those of all in the end, and have room for one number more.
  const own = { mean: storage.mean, squares: sums[0].g, varies: storage.v, hashes: storage.inverse }
  for (const array of Object.values(own)) array.fill(0)
  const parts = chunks.map((_, c): ChunkMoments => {
    const [mean, squares, varies, hashes] = [0, 1, 2, 3].map((k) => room.subarray((4 * (c - 1) + k) * each))
    return c ? { mean, squares, varies, hashes } : own
  })
  const masses = ask(storage, chunks, parts)
  let mass = 0
  parts.forEach((part, c) => {
    add(own, mass, part, masses[c], p)
    mass += masses[c]
  })
  const { mean: means, squares, varies, hashes } = own
  demandFinite(storage, () => means.every((m) => m - m === 0))

  const ones = intercept ? [1] : []
  return {
    mean: Float64Array.from([...Array.from(from, (c, j) => (means[c] - centre[j]) * inverse[j]), ...ones]),
    deviation: Float64Array.from([
      // Where squares sink below the doubles, there is no deviation to be had.
      ...Array.from(from, (c, j) =>
        varies[c] !== 0 && squares[c] < SMALLEST * mass
          ? Number.NaN
          : Math.sqrt(squares[c] / mass) * Math.abs(inverse[j]),
      ),
      ...ones.map(() => 0),
    ]),
    // The words of the columns' fingerprints become one.
    hash: new Int32Array(wordsOf(hashes, p)).reduce(mix, rows),
  }
}

/** Each chunk's mass, once its moments are in its part. */
function ask(storage: DenseStorage, chunks: readonly Chunk[], parts: readonly ChunkMoments[]): Float64Array {
  const { columns: p, numbers, source, single, s } = storage
  const module = momentsModule(storage.memory)
  const given = (c: number, x: number, narrow: boolean, { first, rows }: Chunk, mass: number) => {
    const { mean, squares, varies, hashes } = parts[c]
    const places = [mean, squares, varies, hashes].map((array) => array.byteOffset)
    return [x, +narrow, rows, p, first, mass, s.byteOffset + 8 * first, ...places] as Parameters<
      MomentsModule['moments']
    >
  }
  if (!source)
    return runChunks(
      module,
      'moments',
      chunks.map((chunk, c) =>
        given(c, numbers.byteOffset + numbers.BYTES_PER_ELEMENT * chunk.first * p, single, chunk, 0),
      ),
    )
  return Float64Array.from(chunks, (chunk, c) => {
    let mass = 0
    eachPiece(storage, chunk, BLOCK_ROWS, (x, first, rows) => {
      mass = module.moments(...given(c, x, false, { first, rows }, mass))
    })
    return mass
  })
}

/** To the moments of rows that weigh `before`, those of more rows. */
function add(sum: ChunkMoments, before: number, more: ChunkMoments, mass: number, p: number): void {
  if (more === sum) return
  const share = mass && mass / (before + mass)
  for (let j = 0; j < p; j++) {
    const away = more.mean[j] - sum.mean[j]
    if (more.varies[j] !== 0 || (away && before && mass)) sum.varies[j] = 1
    sum.mean[j] += share * away
    sum.squares[j] += more.squares[j] + away * share * before * away
  }
  const words = wordsOf(sum.hashes, p)
  wordsOf(more.hashes, p).forEach((word, h) => {
    words[h] += word
  })
}

const wordsOf = ({ buffer, byteOffset }: Float64Array, p: number) =>
  new Uint32Array(buffer, byteOffset, 2 * p)

/** As linear's data-hash.ts. */
const mix = (hash: number, word: number): number => Math.imul((hash << 13) ^ (hash >>> 19) ^ word, 0x9e3779b1)
