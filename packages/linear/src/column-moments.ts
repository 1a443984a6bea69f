// Mean and standard deviation of every column, and a fingerprint of the numbers, in one pass.
import { mix } from './data-hash.ts'
import { type ColumnMoments, type Design, eachBlock } from './design.ts'
import type { PackedReader } from './packed-reader.ts'

// Squares that still have all their digits.
const SMALLEST = 1e-280

/**
 * Weighted updates row by row: West, Updating Mean and Variance Estimates: An Improved Method (1979). The first row that has
 * weight is the first mean, so that a constant column comes out as exactly constant.
 *
 * The fingerprint can be had by blocks of eight rows in any order, by threads too, at next to no cost: the words of a column are turned against
 * each other by whole bytes; those of a block are multiplied by a number of its own, and added up.
 */
export function columnMoments(design: Design, reader: PackedReader, weights: Float64Array): ColumnMoments {
  const p = design.columns
  const x = reader.packed
  const mean = new Float64Array(p)
  const squares = new Float64Array(p)
  const varies = new Uint8Array(p)
  // Two words of each column, of the block and of all.
  const block = new Int32Array(2 * p)
  const hashes = block.slice()
  const words = new Uint32Array(x.buffer)
  let mass = 0
  eachBlock(design, reader, (first, rows) => {
    for (let i = 0; i < rows; i++) {
      const s = weights[first + i]
      mass += s
      const share = s && s / mass
      for (let j = 0; j < p; j++) {
        const q = i * p + j
        const away = x[q] - mean[j]
        mean[j] += share * away
        squares[j] += s * away * (x[q] - mean[j])
        // The first row that has weight has a share of 1.
        if (share % 1 && away) varies[j] = 1
        const low = block[2 * j]
        block[2 * j] = block[2 * j + 1] ^ words[2 * q]
        block[2 * j + 1] = ((low << 8) | (low >>> 24)) ^ words[2 * q + 1]
      }
      const until = first + i + 1
      if (until % 8 && until < design.rows) continue
      // Odd, so that no word is lost; another for each block, so that two do not change places.
      const key = mix(until, until) | 1
      block.forEach((word, h) => {
        const turned = mix(0, word)
        hashes[h] += Math.imul((turned << 13) | (turned >>> 19), key)
      })
      block.fill(0)
    }
  })
  // Where squares sink below the doubles, there is no deviation to be had.
  const deviation = squares.map((v, j) =>
    varies[j] && v < SMALLEST * mass ? Number.NaN : Math.sqrt(v / mass),
  )
  return { mean, deviation, hash: hashes.reduce(mix, design.rows) }
}
