// Mean and standard deviation of every column, and a fingerprint of the numbers, in one pass.
import { rowHash } from './data-hash.ts'
import { type ColumnMoments, type Design, eachBlock } from './design.ts'
import type { PackedReader } from './packed-reader.ts'

// Squares that still have all their digits.
const SMALLEST = 1e-280

/**
 * Weighted updates row by row: West, Updating Mean and Variance Estimates: An Improved Method (1979). The first row that has
 * weight is the first mean, so that a constant column comes out as exactly constant. Who takes rows by blocks and chunks gets the same up to
 * rounding, and the same fingerprint: each block of eight rows adds its part to it.
 */
export function columnMoments(design: Design, reader: PackedReader, weights: Float64Array): ColumnMoments {
  const p = design.columns
  const x = reader.packed
  const mean = new Float64Array(p)
  const squares = new Float64Array(p)
  const varies = new Uint8Array(p)
  const { add, hash } = rowHash(2 * p)
  const words = new Uint32Array(x.buffer)
  let mass = 0
  eachBlock(design, reader, (first, rows) => {
    for (let i = 0; i < rows; i++) {
      const s = weights[first + i]
      mass += s
      const share = s && s / mass
      for (let j = 0; j < p; j++) {
        const away = x[i * p + j] - mean[j]
        mean[j] += share * away
        squares[j] += s * away * (x[i * p + j] - mean[j])
        // The first row that has weight has a share of 1.
        if (share % 1 && away) varies[j] = 1
      }
      add(words, 2 * i * p)
    }
  })
  // Where squares sink below the doubles, there is no deviation to be had.
  const deviation = squares.map((v, j) =>
    varies[j] && v < SMALLEST * mass ? Number.NaN : Math.sqrt(v / mass),
  )
  return { mean, deviation, hash: hash() }
}
