// The proximal point of a convex function of one number, from its value and (sub)gradient alone.

/** What is known of ℓ(·, y). */
export interface ScalarConvex {
  value(eta: number, y: number): number
  /** A subgradient where there is a kink. */
  gradient(eta: number, y: number): number
  hessian(eta: number, y: number): number
}

/** The proximal point z, the subgradient (v − z)/μ of ℓ there, and dz/dv. */
export interface Proximal {
  z: number
  slope: number
  bend: number
}

// More than it takes to halve an interval of doubles to nothing.
const HALVINGS = 200

/**
 * z = argmin ℓ(z, y) + (z − v)²/2μ: the root of z − v + μ ℓ′(z), which rises. It lies between v and v − μ ℓ′(v). Both ends carry a
 * tangent; where they cross is the kink, if there is one kink between them and ℓ is straight beside it, as losses of two pieces are:
 * these cost four evaluations. Otherwise the crossing (or the middle, where it does not help) takes the place of an end.
 *
 * @param out is filled in and returned
 */
export function proximal(loss: ScalarConvex, y: number, v: number, mu: number, out: Proximal): Proximal {
  let a = v
  let slopeA = loss.gradient(a, y)
  let b = v - mu * slopeA
  let slopeB = loss.gradient(b, y)
  // On one straight piece the step leads to the point itself; where there is no step, a kink may be hidden.
  if (slopeB === slopeA) {
    const tiny = slopeA === 0 ? 1e-9 * mu + 4e-16 * Math.abs(v) : 0
    return found(b, slopeA, jumps(v - tiny, v + tiny) ? 0 : curved(b))
  }
  for (let tries = 0; tries < HALVINGS; tries++) {
    const low = Math.min(a, b)
    const high = Math.max(a, b)
    const valueA = loss.value(a, y)
    const height = loss.value(b, y) - valueA
    const crossing = a + (height - slopeB * (b - a)) / (slopeA - slopeB)
    // Every other time the middle, lest a curve be approached from one end only.
    const z = tries % 2 === 0 && crossing > low && crossing < high ? crossing : low + (high - low) / 2
    if (!(z > low && z < high)) break
    const tangent = valueA + slopeA * (z - a)
    const pull = (v - z) / mu
    const [left, right] = a < b ? [slopeA, slopeB] : [slopeB, slopeA]
    if (
      z === crossing &&
      pull > left &&
      pull < right &&
      jumps(a, b) &&
      loss.value(z, y) - tangent <= 4e-16 * (Math.abs(valueA) + Math.abs(tangent) + Math.abs(slopeA * z))
    )
      return found(z, pull, 0)
    const slope = loss.gradient(z, y)
    const turn = z - v + mu * slope
    if (turn === 0) return found(z, slope, curved(z))
    // The root is on the side of v − μ slope.
    const keepA = turn > 0 === a < z
    if (keepA) {
      b = z
      slopeB = slope
    } else {
      a = z
      slopeA = slope
    }
    if (slopeA === slopeB) return found(v - mu * slopeA, slopeA, curved(z))
  }
  const z = a + (b - a) / 2
  const slope = Math.max(Math.min(slopeA, slopeB), Math.min(Math.max(slopeA, slopeB), (v - z) / mu))
  return found(z, slope, jumps(a, b) ? 0 : curved(z))

  // Whether the slope changes by more than curvature and rounding explain.
  function jumps(from: number, to: number): boolean {
    const [before, after] = [loss.gradient(from, y), loss.gradient(to, y)]
    const bent = 4 * Math.max(loss.hessian(from, y), loss.hessian(to, y)) * Math.abs(to - from)
    return Math.abs(after - before) > bent + 1e-9 * (Math.abs(before) + Math.abs(after))
  }
  function curved(z: number): number {
    return 1 / (1 + mu * Math.max(0, loss.hessian(z, y)))
  }
  function found(z: number, slope: number, bend: number): Proximal {
    out.z = z
    out.slope = slope
    out.bend = bend
    return out
  }
}
