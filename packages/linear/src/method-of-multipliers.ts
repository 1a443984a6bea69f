// The rounds of the proximal method of multipliers: a smooth problem each, by any solver for smooth functions.
import {
  addPenalty,
  type Ending,
  type KinkedPenalty,
  type Penalty,
  type SmoothTerm,
  type Solver,
  type Step,
} from '@logodds/optim'
import type { Envelopes } from './envelopes.ts'
import { l1Envelopes } from './l1-envelopes.ts'
import type { ObjectiveQuery } from './problem.ts'

export interface MultiplierOptions {
  readonly envelopes: Envelopes
  /** Solves a round: f with envelopes for losses and for ℓ1, and any other penalty that has no gradient. */
  inner(tolerance: number): Solver<ObjectiveQuery>
  /** One without a gradient; any other is in the oracle. Kinks of ℓ1 are taken away here, and what else there is the inner solver takes. */
  readonly penalty: Penalty | undefined
  /** A unit of η, in which the slack is measured: slack/spread is compared with the tolerance. */
  readonly spread: number
  readonly tolerance: number
  /** Of rounds; default 100. */
  readonly maxIterations: number | undefined
}

// How strongly a round holds on to where it started, to begin with, and how much looser that becomes where a round has not halved the optimality.
const HOLD = 1e-5
const LOOSER = 10

// How much stiffer the envelopes become where a round has not halved what they are to blame for.
const STIFFER = 5

// The last rounds are cheap where the inner solver is Newton's method, and exact where the loss is piecewise linear: as far below the tolerance they
// are taken, as long as each halves the optimality.
const POLISH = 1e-4

/**
 * w⁺ = argmin Σ s φ(xᵀw) + P(w) + ρ/2 ‖w − wₖ‖², then the multipliers; ρ is small and keeps
 * each round well-posed. The optimality is the larger of
 * the slack (in units of the gradient) and the distance from −Σ s φ′ x to ∂P: at 0, φ′ are subgradients of the loss that balance. Where P
 * has kinks of ℓ1, it gets envelopes and multipliers of its own, so that each round is a smooth problem.
 */
export function methodOfMultipliers(options: MultiplierOptions): Solver<ObjectiveQuery> {
  const { envelopes, inner, penalty, spread, tolerance, maxIterations = 100 } = options
  return function* (x) {
    const gradient = x.slice()
    const measure = { ask: 'gradient', at: x, gradient } as const
    const anchor = x.slice()
    const kinks = isKinked(penalty) ? l1Envelopes(penalty, x.length, envelopes.mu) : undefined
    const cheap = !penalty || kinks
    const goal = cheap ? tolerance * POLISH : tolerance
    let rho = HOLD / spread
    const hold: SmoothTerm = {
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
    }
    const terms = kinks ? [hold, kinks] : [hold]
    // The round before: what it came to, and with what.
    const past = { optimality: Infinity, distance: Infinity, slack: Infinity, value: Infinity }
    const before = { mu: envelopes.mu, multipliers: envelopes.multipliers.slice() }
    let solved = false
    for (let iteration = 0; ; iteration++) {
      envelopes.measuring = true
      let value = (yield measure) + (penalty?.value(x) ?? 0)
      envelopes.measuring = false
      const distance = penalty
        ? penalty.distance(x, gradient)
        : gradient.reduce((max, g) => Math.max(max, Math.abs(g)), 0)
      const slack = envelopes.slack / spread
      let optimality = Math.max(distance, slack)
      yield { ask: 'step', iteration, value, optimality, at: x } satisfies Step
      const halved = optimality <= past.optimality / 2
      // Within the tolerance, rounding may have the better of a round: then the one before was the last.
      if (past.optimality <= tolerance && !(optimality <= tolerance)) {
        x.set(anchor)
        envelopes.mu = before.mu
        envelopes.multipliers.set(before.multipliers)
        value = past.value
        optimality = past.optimality
      }
      const over = optimality <= (halved ? goal : tolerance)
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
          optimality,
        } satisfies Ending

      before.mu = envelopes.mu
      before.multipliers.set(envelopes.multipliers)
      if (!solved && iteration > 0) rho = Math.min(rho * LOOSER, 1 / spread)
      if (solved) {
        // Each kind of envelope where it is the worse of the two: stiffer ones magnify what the others leave.
        const kinksAreWorse = kinks && distance > slack
        if (slack > past.slack / 2 && !kinksAreWorse) envelopes.mu /= STIFFER
        if (distance > past.distance / 2 && kinksAreWorse) kinks.mu /= STIFFER
        if (!halved) rho /= LOOSER
      }
      Object.assign(past, { optimality, distance, slack, value })
      envelopes.multipliers.set(envelopes.next)
      anchor.set(x)
      const run = inner(Math.max(cheap ? goal : goal / 4, optimality / 10))(x.slice())
      let turn = run.next(0)
      while (!turn.done) {
        const query = turn.value
        turn = run.next(
          query.ask === 'step' ? 0 : terms.reduce((sum, term) => sum + addPenalty(term, query), yield query),
        )
      }
      solved = turn.value.optimality <= Math.max(goal, optimality / 4)
      x.set(turn.value.at)
      kinks?.settle(x)
    }
  }
}

/** Whether the penalty's kinks are those of ℓ1. */
export const isKinked = (penalty: Penalty | undefined): penalty is KinkedPenalty =>
  !!penalty && 'strengths' in penalty && !('smooth' in penalty)
