// Spectral projected gradient: for bounds and other convex sets that are easy to project on.
import { admit } from './admit.ts'
import { ending, verdict } from './ending.ts'
import { expectPositive, type Limits } from './limits.ts'
import type { GradientQuery, Step } from './oracle.ts'
import type { Constraint, ProximalSolver } from './penalty.ts'
import { finite, noise } from './rounding.ts'
import { along, dot } from './vector.ts'

export interface ProjectedGradientOptions extends Limits {
  /** The set C, such as `box(lower, upper)` or `nonNegative()`. */
  penalty: Constraint
}

/**
 * Spectral projected gradient, x ← x + t d with d = Π_C(x − α ∇f(x)) − x, Π_C the projection and α = sᵀs / sᵀy of the last step s and its change of gradient y
 * (Barzilai and Borwein), between 10⁻³⁰ and 10³⁰.
 *
 * t = 1 as a rule; else it is shortened, by interpolation, until f(x + t d) ≤ max + 10⁻⁴ t ∇f(x)ᵀd over the last ten values of f, which may rise now and
 * then: Barzilai and Borwein's steps need that freedom.
 *
 * Asks `gradient`: one pass per trial. Memory: 5p.
 * Choose it for bounds on smooth functions: all iterates are within them, and at the end the right coordinates are on them exactly.
 * Source: Birgin, Martínez & Raydan, SIAM J. Optim. 10 (2000), 1196–1211, algorithm SPG2.
 *
 * @param options.maxIterations default 10 000.
 * @throws TypeError if `penalty` is left out or is not a constraint; RangeError on an option out of range.
 */
export function projectedGradient(options: ProjectedGradientOptions): ProximalSolver<GradientQuery> {
  const { penalty, tolerance = 1e-8, maxIterations = 10_000 } = options ?? {}
  const caller = 'projectedGradient'
  if (!penalty?.constraint)
    throw new TypeError(
      `${caller}: expected options.penalty a constraint such as box(0, 1), got ${penalty?.name}`,
    )
  expectPositive(caller, { tolerance, maxIterations })

  function* solve(x: Float64Array): ReturnType<ProximalSolver<GradientQuery>> {
    admit(x, penalty)
    const before = x.slice()
    const d = x.slice()
    const query: GradientQuery = { ask: 'gradient', at: x.slice(), gradient: x.slice() }
    const { at, gradient } = query
    const recent: number[] = []
    let value = yield query
    // Π(x − ∇f) − x, whose largest entry is moved by 1 at first.
    let alpha = 0
    for (let iteration = 0; ; iteration++) {
      const here: Step = { ask: 'step', iteration, value, optimality: penalty.distance(x, gradient), at: x }
      if (!finite(value, here.optimality)) return ending('non-finite', here)
      yield here
      const over = verdict(here, tolerance, maxIterations)
      if (over) return over

      alpha ||= 1 / here.optimality
      along(x, -alpha, gradient, d)
      penalty.prox(d, 1, d)
      along(d, -1, x, d)
      before.set(gradient)
      const slope = dot(before, d)
      if (recent.push(value) > 10) recent.shift()
      const bar = Math.max(...recent)
      let usable = true
      for (let t = 1; ; ) {
        along(x, t, d, at)
        // An ulp may lead out again.
        penalty.prox(at, 1, at)
        value = yield query
        const whole = finite(value, penalty.distance(at, gradient))
        usable &&= whole
        if (whole && value <= bar + noise(bar) + 1e-4 * t * slope) break
        // The minimiser of the parabola through f(x), its slope and f(x + t d).
        const shorter = (-t * t * slope) / (2 * (value - here.value - t * slope))
        t = shorter > 0.1 * t && shorter < 0.9 * t ? shorter : t / 10
        if (t < 1e-20) return ending(usable ? 'line-search-failed' : 'non-finite', here)
      }
      along(at, -1, x, d)
      along(gradient, -1, before, before)
      alpha = Math.min(1e30, Math.max(1e-30, dot(d, d) / Math.max(0, dot(d, before))))
      x.set(at)
    }
  }
  return Object.assign(solve, { penalty })
}
