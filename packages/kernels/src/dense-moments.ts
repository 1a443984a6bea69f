// Weighted moments of the columns of a stored matrix, and its fingerprint, in one pass.
import type { ColumnMoments } from '@logodds/linear'
import type { DenseColumns } from './dense-columns.ts'
import { eachPiece } from './dense-pieces.ts'
import { type DenseStorage, demandHeld } from './dense-storage.ts'
import { momentsModule } from './moments-module.ts'

// Squares that still have all their digits.
const SMALLEST = 1e-280

export function denseMoments(
  storage: DenseStorage,
  { from, mean: centre, inverse, intercept }: DenseColumns,
  weights: Float64Array,
): ColumnMoments {
  const { rows, columns: p, s, v, mean: means, inverse: hashes } = storage
  const module = momentsModule(storage.memory)
  const [{ g }] = storage.sums
  demandHeld(storage)
  storage.problem?.leave()
  storage.problem = undefined
  storage.owner = undefined
  s.set(weights)
  for (const array of [v, g, means, hashes]) array.fill(0)
  const [at, mean, squares, varies, hash] = [s, means, g, v, hashes].map((a) => a.byteOffset)
  let mass = 0
  eachPiece(storage, { first: 0, rows }, 1, (x, first, count) => {
    mass = module.moments(x, count, p, mass, at + 8 * first, mean, squares, varies, hash)
  })
  // The words of the columns' fingerprints become one.
  const words = new Uint32Array(hashes.buffer, hashes.byteOffset, 2 * p)
  const ones = intercept ? [1] : []
  return {
    mean: Float64Array.from([...Array.from(from, (c, j) => (means[c] - centre[j]) * inverse[j]), ...ones]),
    deviation: Float64Array.from([
      // Where squares sink below the doubles, there is no deviation to be had.
      ...Array.from(from, (c, j) =>
        v[c] !== 0 && g[c] < SMALLEST * mass ? Number.NaN : Math.sqrt(g[c] / mass) * Math.abs(inverse[j]),
      ),
      ...ones.map(() => 0),
    ]),
    hash: words.reduce(mix, 0),
  }
}

/** As linear's data-hash.ts. */
const mix = (hash: number, word: number): number => Math.imul((hash << 13) ^ (hash >>> 19) ^ word, 0x9e3779b1)
