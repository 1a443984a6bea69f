// The 0–1 loss: whether the sign is wrong. For measuring; there is nothing to descend.
//
//   m = yη           ℓ = 1 if m < 0 (or η = 0 and y = −1), else 0
import type { MeasuredLoss } from './loss.ts'
import { margin, signTargets } from './sign-targets.ts'

/**
 * Zero–one loss: 1 where the sign of η is not y, else 0; its mean is the error rate.
 *
 * y: −1 or +1; a RangeError otherwise. η: any number; NaN is wrong. η = 0 predicts +1, as a probability of ½ does. A
 * metric only: it has a value, and neither gradient nor Hessian, so it is no loss that a fit would take. Most robust:
 * no outlier counts more than 1.
 */
export const zeroOne: MeasuredLoss = {
  name: 'zero-one',
  value(eta, y) {
    const m = margin('zeroOne', eta, y)
    return m > 0 || (m === 0 && y > 0) ? 0 : 1
  },
  targets: signTargets,
  link: 'sign',
  convex: false,
  differentiability: -1,
  lipschitz: Infinity,
  calibrated: true,
}
