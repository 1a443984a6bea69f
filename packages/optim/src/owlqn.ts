// OWL-QN: L-BFGS for functions with a kink at zero in each coordinate.
import { ending, verdict } from './ending.ts'
import { expect, expectPositive, type Limits } from './limits.ts'
import type { GradientQuery, Step } from './oracle.ts'
import type { KinkedPenalty, ProximalSolver } from './penalty.ts'
import { finite, noise } from './rounding.ts'
import { along, dot, maxAbs } from './vector.ts'

export interface OwlqnOptions extends Limits {
  /** P in f + P: `l1` or `elasticNet`. */
  penalty: KinkedPenalty
  /** How many pairs of steps and changes of the gradient are kept: 1, 2, … Default 10. */
  memory?: number | undefined
}

/**
 * OWL-QN (orthant-wise L-BFGS), x ← π(x + t d; ξ) with d = −B ⋄: ⋄ is the element of least length in ∇f(x) + ∂P(x), B the inverse Hessian of f and the smooth
 * part of P as the last `memory` steps tell it, ξ the orthant of x or, where x is 0, of −⋄; π puts to 0 what leaves it.
 *
 * Coordinates of d that do not go down ⋄ are put to 0. Where λ₁ⱼ = 0 there is no kink, and neither is done. t is halved from 1 until F(x⁺) ≤ F(x) + 10⁻⁴ ⋄ᵀ(x⁺ − x), F = f + P; where F's
 * rounding hides that, the slope at x⁺ decides. If a search fails, it forgets the pairs and tries once more.
 *
 * Asks `gradient`: one pass per trial, as a rule one per iteration. Memory: (2 · memory + 6) p.
 * Choose it for ℓ1 and elastic nets when p is too large for a model and FISTA takes too many passes.
 * Source: Andrew & Gao, ICML 2007, 33–40, algorithm 2; Nocedal & Wright, Numerical Optimization (2006), algorithm 7.4, p. 178, for B.
 *
 * @param options.maxIterations default 1000.
 * @throws TypeError if `penalty` is left out or is of another kind; RangeError on an option out of range.
 */
export function owlqn(options: OwlqnOptions): ProximalSolver<GradientQuery> {
  const { penalty, memory = 10, tolerance = 1e-8, maxIterations = 1000 } = options ?? {}
  const caller = 'owlqn'
  if (!penalty?.strengths)
    throw new TypeError(`${caller}: expected options.penalty l1 or elasticNet, got ${penalty?.name}`)
  expectPositive(caller, { tolerance, maxIterations })
  expect(memory >= 1 && memory % 1 === 0, caller, 'memory 1, 2, …', memory)
  const { l1, l2 } = penalty.strengths

  function* solve(x: Float64Array): ReturnType<ProximalSolver<GradientQuery>> {
    const query: GradientQuery = { ask: 'gradient', at: x.slice(), gradient: x.slice() }
    const { at, gradient } = query
    const pseudo = x.slice()
    const d = x.slice()
    let pairs: [s: Float64Array, y: Float64Array, bend: number][] = []

    // ∇f ← ∇f + λ₂ x, with all that is smooth; ⋄ by Andrew & Gao's (4).
    const look = () => {
      for (let j = 0; j < x.length; j++) {
        gradient[j]! += l2(j) * at[j]!
        const g = gradient[j]!
        pseudo[j] = at[j] ? g + l1(j) * Math.sign(at[j]!) : Math.sign(g) * Math.max(0, Math.abs(g) - l1(j))
      }
      return maxAbs(pseudo)
    }
    const multiply = (count: number) => {
      const pair = pairs[count - 1]
      if (pair) {
        const [s, y, bend] = pair
        const share = dot(s, d) / bend
        along(d, -share, y, d)
        multiply(count - 1)
        along(d, share - dot(y, d) / bend, s, d)
      } else {
        const last = pairs.at(-1)
        const scale = last ? last[2] / dot(last[1], last[1]) : 1 / Math.max(1, maxAbs(d))
        along(d, scale - 1, d, d)
      }
    }

    let value = (yield query) + penalty.value(x)
    let optimality = look()
    for (let iteration = 0; ; iteration++) {
      const here: Step = { ask: 'step', iteration, value, optimality, at: x }
      if (!finite(value, optimality)) return ending('non-finite', here)
      yield here
      const over = verdict(here, tolerance, maxIterations)
      if (over) return over

      const old = gradient.slice()
      const steepest = pseudo.slice()
      search: for (;;) {
        along(steepest, -2, steepest, d)
        multiply(pairs.length)
        for (let j = 0; j < x.length; j++) if (l1(j) && !(d[j]! * steepest[j]! < 0)) d[j] = 0
        let usable = true
        for (let t = 1; t > 1e-12; t /= 2) {
          let fall = 0
          // The slope at x⁺, as in Hager & Zhang's approximate Wolfe conditions.
          const steepness = () => pseudo.reduce((sum, v, j) => sum + v * (at[j]! - x[j]!), 0)
          for (let j = 0; j < x.length; j++) {
            const next = x[j]! + t * d[j]!
            at[j] = !l1(j) || next * (x[j] || -steepest[j]!) > 0 ? next : 0
            fall += steepest[j]! * (at[j]! - x[j]!)
          }
          value = (yield query) + penalty.value(at)
          optimality = look()
          if (!finite(value, optimality)) usable = false
          else if (
            -fall > noise(value)
              ? value <= here.value + 1e-4 * fall
              : value <= here.value + noise(value) && steepness() <= -0.9998 * fall
          )
            break search
        }
        if (!pairs.length) return ending(usable ? 'line-search-failed' : 'non-finite', here)
        pairs = []
      }
      const s = at.map((v, j) => v - x[j]!)
      const y = gradient.map((v, j) => v - old[j]!)
      const bend = dot(s, y)
      if (bend > 2.3e-16 * dot(y, y)) pairs = [...pairs, [s, y, bend] as const].slice(-memory) as typeof pairs
      x.set(at)
    }
  }
  return Object.assign(solve, { penalty })
}
