// XᵀSX for fixed weights.
import { type Design, eachBlock } from './design.ts'

/** Σᵢ sᵢ xᵢxᵢᵀ: p × p, row-major; only its lower triangle is filled. One pass. */
export function weightedGram(design: Design, weights: Float64Array): Float64Array {
  const gram = new Float64Array(design.columns ** 2)
  const reader = design.reader()
  eachBlock(design, reader, (first, rows) => reader.gram(weights.subarray(first, first + rows), 1, gram))
  return gram
}
