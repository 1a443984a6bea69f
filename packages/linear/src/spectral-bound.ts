// How curved XᵀSX can be in any direction: what a step that guarantees descent is made of.
import type { Design } from './design.ts'
import { weightedGram } from './gram.ts'

// Beyond this the p × p matrix costs more than the tighter bound is worth.
const LARGEST_GRAM = 400

/**
 * An upper bound of λmax(G) for G = XᵀSX. λmax(G)^m ≤ ‖G^m‖_F ≤ √p λmax(G)^m, so with m = 64 it is at most p^(1/128) too large;
 * the power method would give a lower bound, and with it steps that may diverge. For very wide designs, the trace.
 */
export function spectralBound(design: Design, weights: Float64Array): number {
  const p = design.columns
  if (p > LARGEST_GRAM) return trace(design, weights)
  let g = weightedGram(design, weights)
  let logBound = 0
  for (let m = 1; m <= 64; m *= 2) {
    const norm = Math.hypot(...rowNorms(g, p))
    if (norm === 0) return 0
    logBound += Math.log(norm) / m
    g = squared(
      g.map((v) => v / norm),
      p,
    )
  }
  return Math.exp(logBound) * (1 + 1e-12)
}

function rowNorms(g: Float64Array, p: number): number[] {
  return Array.from({ length: p }, (_, j) => Math.hypot(...g.subarray(j * p, (j + 1) * p)))
}

function squared(g: Float64Array, p: number): Float64Array {
  const out = new Float64Array(p * p)
  for (let a = 0; a < p; a++)
    for (let b = 0; b < p; b++) {
      const v = g[a * p + b]
      for (let c = 0; c < p; c++) out[a * p + c] += v * g[b * p + c]
    }
  return out
}

// Σᵢ sᵢ‖xᵢ‖².
function trace(design: Design, weights: Float64Array): number {
  const { mean, deviation } = design.moments(weights)
  return mean.reduce((sum, m, j) => sum + m ** 2 + deviation[j] ** 2, 0)
}
