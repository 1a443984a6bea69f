// XᵀSX and its products, as the Hessian of ½ Σ sᵢ (xᵢᵀv)².
import type { Block } from '@logodds/core'
import type { Design } from './design.ts'
import { problemOracle } from './objective.ts'
import type { ProblemOracle } from './problem.ts'

/** To be asked, at 0, for XᵀSX ('hessian') and for XᵀSXv ('curvature'). */
export function gramOracle(design: Design, weights: Float64Array): ProblemOracle {
  // At η = 0, the only place where it is asked, ½η² has neither value nor slope.
  const halfSquare = ({ first, rows, weights, curvature }: Block) => {
    curvature.set(weights.subarray(first, first + rows))
    return 0
  }
  const blocks = { value: halfSquare, gradient: halfSquare, hessian: halfSquare }
  return problemOracle(design, { blocks, width: 1, y: weights, weights })
}

/** Σᵢ sᵢ xᵢxᵢᵀ: p × p. One pass. */
export function weightedGram(design: Design, weights: Float64Array): Float64Array {
  const p = design.columns
  const at = new Float64Array(p)
  const hessian = new Float64Array(p * p)
  gramOracle(design, weights).oracle({ ask: 'hessian', at, gradient: at.slice(), hessian })
  return hessian
}
