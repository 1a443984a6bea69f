// A learning rate by its name in the literature, which is not the step that guarantees descent.
import { demand } from './demand.ts'
import { strided } from './dense.ts'
import type { Design } from './design.ts'
import { asMatrix, type MatrixLike } from './matrix.ts'

/**
 * 2m/‖[1 X]‖_F for binary cross-entropy with an intercept, m being the number of rows: the "Lipschitz learning rate". One pass.
 *
 * No descent is guaranteed. What bounds the curvature of a mean of cross-entropies is λmax([1 X]ᵀ[1 X])/4m ≤ ‖[1 X]‖²_F/4m, so a step is safe up to
 * 1/L ≥ 4m/‖[1 X]‖²_F, and steps from 2/L on diverge near a minimum. This rate has the norm where that has its square: it is far too small for large columns
 * and too large for small ones. For steps that descend, see `smoothness`.
 * Source: Yedida & Saha, "LipschitzLR: using theoretically computed adaptive learning rates for fast convergence", arXiv:1902.07399 (2019), §3.
 *
 * @param X n × p without the column of ones: a matrix or a design
 * @throws RangeError if X has no rows, or holds a number that is not finite
 */
export function lipschitzLR(X: MatrixLike | Design): number {
  const caller = 'lipschitzLR'
  const design = (X as Design)?.reader ? (X as Design) : strided(asMatrix(caller, X as MatrixLike))
  const n = design.rows
  demand(n, caller, 'at least one row in X', 'none')
  const { mean, deviation } = design.moments(new Float64Array(n).fill(1 / n))
  // ‖[1 X]‖_F = √n · ‖(1, means, deviations)‖.
  return (2 * Math.sqrt(n)) / Math.hypot(1, ...mean, ...deviation)
}
