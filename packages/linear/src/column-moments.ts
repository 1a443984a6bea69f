// Mean and standard deviation of every column.
import { type BlockReader, type ColumnMoments, type Design, eachBlock } from './design.ts'

/**
 * In one pass: each block's mean and sum of squares while it is in cache, merged after Chan, Golub & LeVeque, Updating Formulae and a
 * Pairwise Algorithm for Computing Sample Variances (1979). Everything is relative to the first row, so that a constant column
 * comes out as exactly constant.
 *
 * @param x where `reader` packs its blocks, row-major
 */
export function columnMoments(
  design: Design,
  reader: BlockReader,
  x: Float64Array,
  weights: Float64Array,
): ColumnMoments {
  const p = design.columns
  const words = new Uint32Array(x.buffer)
  const origin = new Float64Array(p)
  const mean = new Float64Array(p)
  const squares = new Float64Array(p)
  const blockMean = new Float64Array(p)
  const blockSquares = new Float64Array(p)
  let mass = 0
  let hash = 0
  eachBlock(design, reader, (first, rows) => {
    if (first === 0) origin.set(x.subarray(0, p))
    let blockMass = 0
    blockMean.fill(0)
    blockSquares.fill(0)
    for (let i = 0; i < rows; i++) {
      const s = weights[first + i]
      blockMass += s
      for (let j = 0; j < p; j++) blockMean[j] += s * (x[i * p + j] - origin[j])
    }
    for (let k = 0; k < 2 * rows * p; k++)
      hash = Math.imul((hash << 13) ^ (hash >>> 19) ^ words[k], 0x9e3779b1)
    if (blockMass === 0) return
    for (let j = 0; j < p; j++) blockMean[j] /= blockMass
    for (let i = 0; i < rows; i++) {
      const s = weights[first + i]
      for (let j = 0; j < p; j++) {
        const d = x[i * p + j] - origin[j] - blockMean[j]
        blockSquares[j] += s * d * d
      }
    }
    const total = mass + blockMass
    for (let j = 0; j < p; j++) {
      const gap = blockMean[j] - mean[j]
      mean[j] += (gap * blockMass) / total
      squares[j] += blockSquares[j] + (gap * gap * mass * blockMass) / total
    }
    mass = total
  })
  for (let j = 0; j < p; j++) mean[j] += origin[j]
  return { mean, deviation: squares.map((v) => Math.sqrt(v / mass)), hash }
}
