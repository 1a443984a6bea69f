// Numerical derivatives that know how far they can be trusted.

/** A derivative, entry by entry, and a bound on its error that truncation and rounding suggest. */
export interface Estimate {
  readonly value: Float64Array
  readonly error: Float64Array
}

/**
 * φ'(0) of a function with `size` entries. With D(h) = (φ(h) − φ(−h))/2h and Richardson's R(h) = (16 D(h/4) − D(h))/15 for
 * h = first · 4⁻ᵏ, k = 0 … 14, each entry takes the h for which |R(h) − R(h/4)| + 8 noise/h is least; that is its error. Where φ is
 * not finite, h is passed over.
 *
 * Source: Ridders, Adv. Eng. Softw. 4 (1982), 75–76; Press et al., Numerical Recipes (2007), §5.7.
 *
 * @param phi writes φ(h) to `out`.
 * @param noise of each entry of φ, by rounding.
 */
export function derivative(
  phi: (h: number, out: Float64Array) => void,
  first: number,
  noise: Float64Array,
): Estimate {
  const size = noise.length
  const value = new Float64Array(size).fill(NaN)
  const error = new Float64Array(size).fill(Infinity)
  const ahead = new Float64Array(size)
  const behind = new Float64Array(size)
  let slopes: Float64Array | undefined
  let extrapolated: Float64Array | undefined
  for (let k = 0, h = first; k < 15; k++, h /= 4) {
    phi(h, ahead)
    phi(-h, behind)
    const next = ahead.map((a, j) => (a - behind[j]!) / (2 * h))
    const better = slopes && next.map((slope, j) => (16 * slope - slopes![j]!) / 15)
    for (let j = 0; better && extrapolated && j < size; j++) {
      const gap = Math.abs(better[j]! - extrapolated[j]!) + (8 * noise[j]!) / h
      if (gap < error[j]!) {
        error[j] = gap
        value[j] = better[j]!
      }
    }
    slopes = next
    extrapolated = better
  }
  return { value, error }
}

/**
 * How far rounding moves each entry of φ: the largest second difference at a few points that are next to each other.
 * Source: Moré & Wild, SIAM J. Sci. Comput. 33 (2011), 1292–1314.
 */
export function roundingNoise(phi: (h: number, out: Float64Array) => void, size: number): Float64Array {
  const points = Array.from({ length: 9 }, (_, k) => {
    const out = new Float64Array(size)
    phi((k - 4) * 2 ** -42, out)
    return out
  })
  return points[4]!.map((middle, j) => {
    let noise = 2.2e-16 * Math.abs(middle)
    for (let k = 1; k < 8; k++) {
      const bend = Math.abs(points[k - 1]![j]! - 2 * points[k]![j]! + points[k + 1]![j]!)
      if (bend < Infinity) noise = Math.max(noise, bend)
    }
    return noise
  })
}
