// Anderson's extrapolation: where a sequence that converges linearly is heading.
import { along, dot } from './vector.ts'

/**
 * out ← Σₖ cₖ z₍ₖ₊₁₎ with Σ cₖ = 1 and Σₖ cₖ (z₍ₖ₊₁₎ − z₍ₖ₎) as small as can be, for iterates z₍₀₎, z₍₁₎, … : the limit, if each is an affine
 * function of the one before and their differences span a space of fewer dimensions than there are of them. Sizes are measured by
 * Σⱼ metricⱼ vⱼ². `out` may be NaN where there is nothing left to tell.
 *
 * Source: Bertrand & Massias, AISTATS 2021, PMLR 130, 1288–1296, algorithm 2: (UᵀU) c ∝ 1, with 10⁻¹² of each diagonal entry added to it.
 */
export function extrapolate(
  past: readonly Float64Array[],
  metric: (j: number) => number,
  out: Float64Array,
): void {
  const steps = past.slice(1).map((z, k) => z.map((v, j) => (v - past[k]![j]!) * Math.sqrt(metric(j))))
  // The rows of (UᵀU | 1), reduced one after the other (Gauss and Jordan; the matrix is positive definite, so without pivots).
  const rows = steps.map((u) =>
    Float64Array.of(...steps.map((v) => dot(u, v) * (u === v ? 1 + 1e-12 : 1)), 1),
  )
  rows.forEach((row, k) => {
    for (const other of rows) if (other !== row) along(other, -other[k]! / row[k]!, row, other)
  })
  const c = rows.map((row, k) => row.at(-1)! / row[k]!)
  const total = c.reduce((a, b) => a + b)
  out.fill(0)
  c.forEach((share, k) => {
    along(out, share / total, past[k + 1]!, out)
  })
}
