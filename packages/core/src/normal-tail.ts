// The tail of the normal distribution without its exponential: what Φ, its logarithm and its quantile are made of.
import { horner } from './horner.ts'

// Made by test/fixtures/normal-coefficients.py.
const POLYNOMIAL = [
  0.46641865659290194, -0.09445675888818683, 0.023842964769119998, 0.018922656662710573, -0.03037689096586509,
  0.022616310447345727, -0.010591085334890027, 0.002711246098594431, 0.0001192556700508679,
  -0.0003530017678350778, 7.09522571705565e-5, 3.38350115442518e-5, -1.48966116557235e-5, -3.5858381961895e-6,
  2.5520612930903e-6, 5.261614056966e-7, -4.296611699333e-7, -1.079552209672e-7, 7.08637612596e-8,
  2.42678629903e-8, -1.0592592448e-8, -4.4458493463e-9, 1.2329082191e-9, 4.465410931e-10, -8.03163413e-11,
]

/**
 * (1 + a) e^(a²/2) Φ(−a) for any a ≥ 0, infinite too: between 0.3989 = 1/√(2π), which it tends to, and 0.536. The relative
 * error is below ε.
 *
 * A polynomial in (a − 4.5)/(a + 4.5), which maps [0, ∞] to [−1, 1] and keeps it as well conditioned as a Chebyshev series:
 * M. M. Shepherd, J. G. Laframboise, "Chebyshev approximation of (1 + 2x) exp(x²) erfc x in 0 ≤ x < ∞", Math. Comp. 36
 * (1981), 249–253.
 */
export function normalTail(a: number): number {
  return horner(POLYNOMIAL, 1 - 9 / (a + 4.5))
}
