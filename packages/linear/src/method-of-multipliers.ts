// The rounds of the proximal method of multipliers: a smooth problem each, by any solver for smooth functions.
import {
  addPenalty,
  type Ending,
  type Limits,
  type Penalty,
  type SmoothTerm,
  type Solver,
  type Step,
} from '@logodds/optim'
import type { Envelopes } from './envelopes.ts'
import type { ObjectiveQuery } from './problem.ts'

export interface MultiplierOptions {
  readonly envelopes: Envelopes
  /** Solves a round: f with envelopes for losses, and the penalty if it has no gradient. */
  inner(limits: Limits): Solver<ObjectiveQuery>
  /** One without a gradient, which the inner solver takes; any other is in the oracle. */
  readonly penalty: Penalty | undefined
  /** A unit of η, in which the slack is measured: slack/spread is compared with the tolerance. */
  readonly spread: number
  readonly tolerance: number
  /** Of rounds; default 100. */
  readonly maxIterations: number | undefined
}

// How strongly a round holds on to where it started, and how much stiffer the envelopes become where a round has not halved the slack.
const HOLD = 1e-5
const STIFFER = 5

// The last rounds are cheap where the inner solver is Newton's method, and exact where the loss is piecewise linear: as far below the tolerance they
// are taken, as long as each halves the optimality.
const POLISH = 1e-4

/**
 * w⁺ = argmin Σ s φ(xᵀw) + P(w) + ρ/2 ‖w − wₖ‖², then the multipliers; ρ is small and keeps
 * each round well-posed. The optimality is the larger of
 * the slack (in units of the gradient) and the distance from −Σ s φ′ x to ∂P: at 0, φ′ are subgradients of the loss that balance.
 */
export function methodOfMultipliers(options: MultiplierOptions): Solver<ObjectiveQuery> {
  const { envelopes, inner, penalty, spread, tolerance, maxIterations = 100 } = options
  return function* (x) {
    const gradient = x.slice()
    const measure = { ask: 'gradient', at: x, gradient } as const
    const anchor = x.slice()
    const hold = (rho: number): SmoothTerm => ({
      value: (w) => w.reduce((sum, v, j) => sum + (rho / 2) * (v - anchor[j]) ** 2, 0),
      addGradient(w, g) {
        for (let j = 0; j < w.length; j++) g[j] += rho * (w[j] - anchor[j])
      },
      addCurvature(along, product) {
        for (let j = 0; j < along.length; j++) product[j] += rho * along[j]
      },
      addHessian(hessian) {
        for (let j = 0; j < x.length; j++) hessian[j * (x.length + 1)] += rho
      },
    })
    const goal = penalty ? tolerance : tolerance * POLISH
    let before = Infinity
    let last = Infinity
    for (let iteration = 0; ; iteration++) {
      envelopes.measuring = true
      const value = (yield measure) + (penalty?.value(x) ?? 0)
      envelopes.measuring = false
      const distance = penalty
        ? penalty.distance(x, gradient)
        : gradient.reduce((max, g) => Math.max(max, Math.abs(g)), 0)
      const slack = envelopes.slack / spread
      const here: Step = { ask: 'step', iteration, value, optimality: Math.max(distance, slack), at: x }
      yield here
      const over = here.optimality <= (here.optimality > last / 2 ? tolerance : goal)
      last = here.optimality
      if (over || iteration >= maxIterations || !(value < Infinity))
        return {
          status: over ? 'converged' : value < Infinity ? 'iteration-limit' : 'non-finite',
          message: over
            ? 'Within the tolerance.'
            : value < Infinity
              ? 'Not converged: raise maxIterations or tolerance.'
              : 'Not finite nearby: start elsewhere, or add a penalty.',
          at: x,
          value,
          iterations: iteration,
          optimality: here.optimality,
        } satisfies Ending

      if (iteration > 0 && slack > before / 2) envelopes.mu /= STIFFER
      before = slack
      envelopes.multipliers.set(envelopes.next)
      anchor.set(x)
      const held = hold(HOLD / spread)
      const run = inner({
        tolerance: Math.max(penalty ? goal / 4 : goal, here.optimality / 10),
        maxIterations: 200,
      })(x.slice())
      let turn = run.next(0)
      while (!turn.done) {
        const query = turn.value
        turn = run.next(query.ask === 'step' ? 0 : (yield query) + addPenalty(held, query))
      }
      x.set(turn.value.at)
    }
  }
}
