// The few vector operations that solvers need, on dense arrays of equal length.

/** aᵀb. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!
  return sum
}

/** ‖a‖∞; NaN if an entry is NaN. */
export function maxAbs(a: Float64Array): number {
  let max = 0
  for (let j = 0; j < a.length; j++) max = Math.max(max, Math.abs(a[j]!))
  return max
}

/** out ← x + t·d. */
export function along(x: Float64Array, t: number, d: Float64Array, out: Float64Array): void {
  for (let j = 0; j < x.length; j++) out[j] = x[j]! + t * d[j]!
}
