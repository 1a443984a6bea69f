// XᵀSX, and its products. The logistic loss has curvature ¼ in every row where η = 0: its objective's Hessian there is XᵀSX / 4.
import { binaryCrossEntropyBlocks } from '@logodds/core'
import type { Design } from './design.ts'
import { type ProblemOracle, problemOracle } from './objective.ts'

/** To be asked, at 0, for XᵀSX / 4 ('hessian') and for XᵀSXv / 4 ('curvature'). */
export const quarterGram = (design: Design, weights: Float64Array): ProblemOracle =>
  problemOracle(design, { blocks: binaryCrossEntropyBlocks, width: 1, y: weights, weights })

/** Σᵢ sᵢ xᵢxᵢᵀ: p × p. One pass. */
export function weightedGram(design: Design, weights: Float64Array): Float64Array {
  const p = design.columns
  const at = new Float64Array(p)
  const hessian = new Float64Array(p * p)
  quarterGram(design, weights).oracle({ ask: 'hessian', at, gradient: at.slice(), hessian })
  return hessian.map((v) => 4 * v)
}
