// ½‖Xv‖² as an objective: its Hessian is XᵀSX.
import type { Block, BlockLoss } from '@logodds/core'
import type { Design } from './design.ts'
import { problemOracle } from './objective.ts'

/** The objective Σ sᵢ (xᵢᵀv)²; asked for a gradient or a Hessian, it gives XᵀSXv and XᵀSX. */
export function squaredLength(design: Design, weights: Float64Array) {
  const square = ({ rows, first, eta, weights: s, residual, curvature }: Block) => {
    let total = 0
    for (let i = 0; i < rows; i++) {
      curvature[i] = s[first + i]
      residual[i] = s[first + i] * eta[i]
      total += residual[i] * eta[i]
    }
    return total
  }
  const blocks: BlockLoss = { value: square, gradient: square, hessian: square }
  return problemOracle(design, { blocks, width: 1, y: weights, weights })
}

/** Σᵢ sᵢ xᵢxᵢᵀ: p × p. One pass. */
export function weightedGram(design: Design, weights: Float64Array): Float64Array {
  const p = design.columns
  const hessian = new Float64Array(p * p)
  const at = new Float64Array(p)
  squaredLength(design, weights).oracle({ ask: 'hessian', at, gradient: at.slice(), hessian })
  return hessian
}
