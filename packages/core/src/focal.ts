// The focal loss: cross-entropy that turns away from rows which are already right; constant factor 1, natural logarithm.
//
//   m = η if y = 1, −η if y = 0      p = σ(m), q = σ(−m), L = −log p        α_y = α for y = 1, 1 − α for y = 0
//   ℓ = α_y q^γ L                    ∂ℓ/∂m = −α_y q^γ (γ p L + q)           ∂²ℓ/∂m² = α_y q^γ (γ p L (γ p − q) + (2γ + 1) p q)
import type { DeclaredLoss } from './loss.ts'

/**
 * Focal loss from the logit: ℓ(η, y) = −α_y (1 − p)^γ log p, p the probability that η gives to the class y.
 *
 * y: 0 or 1; a RangeError otherwise. η: any number; ±Infinity give the limit, NaN gives NaN. No kink. For γ > 0 not
 * convex: the curvature is negative far on the wrong side, where −log p exceeds 2 + 1/γ. An outlier pulls with more
 * than α_y, but boundedly (1.13 α_y for γ = 2). `smoothness` and `lipschitz`, which have no closed form, are the largest values on a grid, found
 * when the loss is made, plus 10⁻⁴ of them. The error of q^γ is about γ ε.
 *
 * Without α calibrated, but for γ > 0 not proper: where it is least in expectation, σ(η) is not the
 * probability, but nearer ½ (N. Charoenphakdee et al., "On focal loss for class-posterior probability estimation: a theoretical
 * perspective", CVPR 2021). With α ≠ ½ that η changes its sign at the probability 1 − α instead, so it is not
 * calibrated.
 *
 * T.-Y. Lin, P. Goyal, R. Girshick, K. He, P. Dollár, "Focal loss for dense object detection", ICCV 2017.
 *
 * @param gamma - γ ≥ 0, how far rows that are already right are turned away from; 0 is cross-entropy. Default 2
 * @param alpha - α in (0, 1), the weight of y = 1, while y = 0 has 1 − α. Default: both have weight 1
 * @throws RangeError if γ or α is out of range
 */
export function focal(gamma = 2, alpha?: number): DeclaredLoss {
  const derivative = (order: number) => (eta: number, y: number) => {
    const weight = y ? (alpha ?? 1) : 1 - (alpha ?? 0)
    const sign = 2 * y - 1
    if (!(sign * sign === 1 && gamma >= 0 && gamma < Infinity && weight > 0)) {
      throw new RangeError(`focal: expected y 0 or 1, gamma >= 0, 0 < alpha < 1, got ${[y, gamma, alpha]}`)
    }
    const m = sign * eta
    const e = Math.exp(-Math.abs(m))
    const p = (m < 0 ? e : 1) / (1 + e)
    const q = (m < 0 ? 1 : e) / (1 + e)
    const L = Math.log1p(e) - Math.min(m, 0)
    // Where p underflows this is 0, its limit.
    const pL = p && p * L * gamma
    const slope = -sign * (pL + q)
    return (
      weight * q ** gamma * (order > 1 ? pL * (gamma * p - q) + (2 * gamma + 1) * p * q : order ? slope : L)
    )
  }
  const loss = {
    name: 'focal',
    value: derivative(0),
    gradient: derivative(1),
    hessian: derivative(2),
    targets: { what: '0 or 1', holds: (y: number) => y === 0 || y === 1 },
    link: 'logit' as const,
    convex: !gamma,
    differentiability: Infinity,
    smoothness: 0,
    lipschitz: 0,
    calibrated: (alpha ?? 0.5) === 0.5,
  }
  // Both y, so that both weights are checked.
  for (let eta = -40; eta < 40; eta += 0.01) {
    for (const y of [0, 1]) {
      loss.smoothness = Math.max(loss.smoothness, 1.0001 * loss.hessian(eta, y))
      loss.lipschitz = Math.max(loss.lipschitz, 1.0001 * Math.abs(loss.gradient(eta, y)))
    }
  }
  return loss
}
