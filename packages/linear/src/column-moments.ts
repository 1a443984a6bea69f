// Mean and standard deviation of every column, and a fingerprint of the numbers, in one pass.
import { type ColumnMoments, type Design, eachBlock } from './design.ts'
import type { PackedReader } from './packed-reader.ts'

/**
 * Weighted updates row by row: West, Updating Mean and Variance Estimates: An Improved Method (1979). The means start at the first
 * row, so that a constant column comes out as exactly constant.
 */
export function columnMoments(design: Design, reader: PackedReader, weights: Float64Array): ColumnMoments {
  const p = design.columns
  const x = reader.packed
  const words = new Uint32Array(x.buffer)
  const mean = new Float64Array(p)
  const squares = new Float64Array(p)
  let mass = 0
  let hash = 0
  eachBlock(design, reader, (first, rows) => {
    if (first === 0) mean.set(x.subarray(0, p))
    for (let i = 0; i < rows; i++) {
      const s = weights[first + i]
      mass += s
      const share = s && s / mass
      for (let j = 0; j < p; j++) {
        const v = x[i * p + j]
        const d = v - mean[j]
        mean[j] += share * d
        squares[j] += s * d * (v - mean[j])
      }
    }
    for (let k = 0; k < 2 * rows * p; k++)
      hash = Math.imul((hash << 13) ^ (hash >>> 19) ^ words[k], 0x9e3779b1)
  })
  return { mean, deviation: squares.map((v) => Math.sqrt(v / mass)), hash }
}
