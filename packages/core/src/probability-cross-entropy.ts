// Binary cross-entropy from a probability, for those who have no logit; constant factor 1, natural logarithm.
//
//   p clipped to [ε, 1 − ε]          ℓ(p, y) = −y log p − (1 − y) log(1 − p)
//   ∂ℓ/∂p = (p − y)/(p (1 − p))        ∂²ℓ/∂p² = (1 − y)/(1 − p)² + y/p²
import type { DeclaredLoss } from './loss.ts'

/**
 * Cross-entropy from the probability p of y = 1, which takes the place of η: ℓ(p, y) = −y log p − (1 − y) log(1 − p).
 *
 * y: 0 or 1, or a soft target between them. p in [0, 1]; a RangeError otherwise. p is first clipped to [clip, 1 −
 * clip], so that the value is at most −log clip (36 by default); `gradient` and `hessian` are the derivatives at the
 * clipped p too, so that they still say which way to go where the clipped value is flat. Within the clip convex, with
 * curvature up to 1/clip² and slope up to 1/clip. A probability next to 1 holds no more than 53 bits of what the
 * logit knew: where there is one, `binaryCrossEntropy` takes it.
 *
 * T. Gneiting, A. E. Raftery, "Strictly proper scoring rules, prediction, and estimation", J. Am. Stat. Assoc. 102
 * (2007), 359–378, example 3.
 *
 * @param clip - between 0 and ½; default 2⁻⁵², the double ε
 * @throws RangeError if clip is not in [2⁻⁵³, ½)
 */
export function probabilityCrossEntropy(clip = 2 ** -52): DeclaredLoss {
  // Below 2⁻⁵³ the upper bound would round to 1.
  if (!(1 - clip < 1 && clip < 0.5)) {
    throw new RangeError(`probabilityCrossEntropy: expected clip from 2**-53 to 0.5, got ${clip}`)
  }
  const clipped = (p: number) => {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`probabilityCrossEntropy: expected p from 0 to 1, got ${p}`)
    return Math.max(clip, Math.min(1 - clip, p))
  }
  return {
    name: 'probability-cross-entropy',
    value(eta, y) {
      const p = clipped(eta)
      return -y * Math.log(p) - (1 - y) * Math.log1p(-p)
    },
    gradient(eta, y) {
      const p = clipped(eta)
      return (p - y) / p / (1 - p)
    },
    hessian(eta, y) {
      const p = clipped(eta)
      return y / p ** 2 + (1 - y) / (1 - p) ** 2
    },
    targets: { what: 'from 0 to 1', holds: (y) => y >= 0 && y <= 1 },
    link: 'identity',
    domain: [clip, 1 - clip],
    convex: true,
    differentiability: Infinity,
    smoothness: 1 / clip ** 2,
    lipschitz: 1 / clip,
    calibrated: true,
  }
}
