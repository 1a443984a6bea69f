// The negative log-likelihood of a normal distribution whose mean and variance are both predicted; without the constant ½ log 2π.
//
//   η = (μ, ·), r = μ − y, v the variance        ℓ = ½(log v + r²/v)        ∂ℓ/∂μ = r/v        ∂²ℓ/∂μ² = 1/v
//   by v:          ∂ℓ/∂v = ½(1/v − r²/v²)        ∂²ℓ/∂v² = r²/v³ − ½/v²     ∂²ℓ/∂μ∂v = −r/v²
//   by s = log v:  ∂ℓ/∂s = ½(1 − r²/v)           ∂²ℓ/∂s² = ½r²/v            ∂²ℓ/∂μ∂s = −r/v
import { finiteTargets } from './finite-targets.ts'
import type { DeclaredVectorLoss } from './loss.ts'
import { room } from './room.ts'

/**
 * Gaussian negative log-likelihood of y under mean η₀ and variance v = max(η₁, floor), or v = max(e^η₁, floor):
 * ℓ = ½(log v + (η₀ − y)²/v).
 *
 * η: 2 raw inputs. y: any finite number. NaN gives NaN. The defaults, and the missing constant ½ log 2π, are those of PyTorch's
 * GaussianNLLLoss. Its clamp lets the slope pass; here derivatives are those of the function: 0 in η₁ where the variance is
 * below the floor, and at the kink those of the side above. From a variance that starts below the floor nothing is learnt, so
 * start above it, or predict the logarithm. Convex in η₀ alone, not jointly; neither slope nor curvature has a bound, also not with a
 * floor, so an outlier pulls without limit until its variance has grown.
 *
 * D. A. Nix, A. S. Weigend, "Estimating the mean and variance of the target probability distribution", IEEE Int. Conf. Neural
 * Networks 1994, 55–60.
 *
 * @param floor - the least variance, in squared units of y; a normal number > 0, default 1e-6
 * @param second - what η₁ is: 'variance' (default) or 'log-variance', which may be any number
 * @throws RangeError if floor is not a finite number from 2⁻¹⁰²² up, or `second` is neither; later, if η has not 2 entries
 */
export function gaussianNll(
  floor = 1e-6,
  second: 'variance' | 'log-variance' = 'variance',
): DeclaredVectorLoss<number> {
  if (!(floor >= 2 ** -1022 && floor < Infinity && (second === 'variance' || second === 'log-variance'))) {
    throw new RangeError(
      `gaussianNll: expected a finite floor >= 2**-1022 and 'variance' or 'log-variance', got ${floor}, ${second}`,
    )
  }
  const logarithm = second === 'log-variance'
  /** Whether η₁ counts, log v, w = 1/v, m = r/v and z² = r²/v. */
  function parts(eta: ArrayLike<number>, y: number) {
    if (eta.length !== 2) {
      throw new RangeError(`gaussianNll: expected eta.length 2 (mean, ${second}), got ${eta.length}`)
    }
    const [mean, s] = [eta[0], eta[1]]
    const free = !((logarithm ? Math.exp(s) : s) < floor)
    // r times a factor: the difference may leave the doubles where the product does not.
    const r = mean - y
    const times = (factor: number) =>
      factor && (Math.abs(r) < Infinity ? r * factor : mean * factor - y * factor)
    if (logarithm && free) {
      // By halves: r² and v may leave the doubles where r²/v does not.
      const e = Math.exp(-s / 2)
      const z = times(e)
      return { free, log: s, w: Math.exp(-s), m: z * e, zz: z * z }
    }
    const v = free ? s : floor
    const m = times(1 / v)
    return { free, log: Math.log(v), w: 1 / v, m, zz: m && m * r }
  }
  return {
    name: 'gaussian-nll',
    target: 'number',
    value(eta, y) {
      const { log, zz } = parts(eta, y)
      return (log + zz) / 2
    },
    gradient(eta, y, into) {
      const out = room('gaussianNll', 2, into)
      const { free, w, m, zz } = parts(eta, y)
      out[0] = m
      out[1] = free ? (logarithm ? 1 - zz : w - m * m) / 2 : 0
      return out
    },
    hessian(eta, y, into) {
      const out = room('gaussianNll', 4, into)
      const { free, w, m, zz } = parts(eta, y)
      out[0] = w
      out[1] = out[2] = free ? (logarithm ? -m : -m * w) : 0
      out[3] = free ? (logarithm ? zz / 2 : zz < Infinity ? w * (w * (zz - 0.5)) : m * (m * w)) : 0
      return out
    },
    targets: finiteTargets,
    link: 'identity',
    convex: false,
    differentiability: 0,
    smoothness: Infinity,
    lipschitz: Infinity,
    calibrated: null,
  }
}
