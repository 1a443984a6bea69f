// Stopping at a proven distance from the minimum: the duality gap, where the oracle can answer for it.
import { expect, expectPositive } from './limits.ts'
import type { DualQuery, GradientQuery, Query, Solver } from './oracle.ts'
import type { ProximalSolver } from './penalty.ts'
import { watched } from './watched.ts'

export interface GapOptions {
  /** The largest duality gap that is good enough, in units of the objective. Default 1e-8. */
  tolerance?: number | undefined
  /** The gap is looked at in every `every`-th iteration: 1, 2, … Default 1. */
  every?: number | undefined
}

/**
 * `solver`, which ends with status 'converged' once the duality gap, F(x) − D, is at most `tolerance`: F = f + P is then proven to be
 * within `tolerance` of its minimum, whoever the solver is.
 *
 * A solver that carries a penalty P has D = (what the oracle answers to `dual` at the scale c) − P*(c u), u = −∇f(x), c the largest in
 * [0, 1] with P*(c u) finite. For any other solver f is the whole objective, and its answer at c = 1 is D.
 * Along coordinates that P leaves alone (weight 0), c u is dual only where f has no slope: as long as it has one above 1e-12,
 * no gap is known and the solver goes on.
 *
 * Asks what `solver` asks, and `dual`, so that an oracle without does not compile; `gradient` too, where the solver's last answer was for
 * another point. One pass for each look, as a rule. Memory: 2p.
 * Source: Boyd & Vandenberghe, Convex Optimization (2004), §5.5.1; Ndiaye, Fercoq, Gramfort & Salmon, J. Mach. Learn. Res. 18 (2017),
 * no. 128, §2, for the scaling of the dual point.
 *
 * @throws RangeError on an option out of range.
 */
export function untilGap<Q extends Query>(
  solver: ProximalSolver<Q>,
  options?: GapOptions,
): ProximalSolver<Q | GradientQuery | DualQuery>
export function untilGap<Q extends Query>(
  solver: Solver<Q>,
  options?: GapOptions,
): Solver<Q | GradientQuery | DualQuery>
export function untilGap<Q extends Query>(
  solver: Solver<Q> & Partial<ProximalSolver<Q>>,
  { tolerance = 1e-8, every = 1 }: GapOptions = {},
): Solver<Q | GradientQuery | DualQuery> {
  expectPositive('untilGap', { tolerance })
  expect(every >= 1 && every % 1 === 0, 'untilGap', 'every 1, 2, …', every)
  const { penalty } = solver

  return watched<Q, GradientQuery | DualQuery, typeof solver>(solver, () => {
    // ∇f at the last point that was asked about: copies, since solvers move their buffers between questions.
    let known: GradientQuery | undefined
    return {
      saw(query) {
        if (query.ask !== 'gradient' && query.ask !== 'hessian' && query.ask !== 'model') return
        known ??= { ask: 'gradient', at: query.at.slice(), gradient: query.gradient.slice() }
        known.at.set(query.at)
        known.gradient.set(query.gradient)
      },
      *judge({ iteration, value, at }) {
        if (iteration % every) return
        if (!known?.at.every((w, j) => w === at[j])) {
          known = { ask: 'gradient', at: at.slice(), gradient: at.slice() }
          yield known
        }
        const { gradient } = known
        const free = (j: number) => penalty && (!penalty.lambda || penalty.weights?.[j] === 0)
        if (gradient.some((slope, j) => free(j) && !(Math.abs(slope) <= 1e-12))) return
        const u = gradient.map((slope) => -slope)
        const scale = penalty ? penalty.dualScale(u) : 1
        const dual = yield { ask: 'dual', at, scale, gradient }
        if (value - dual + (penalty ? penalty.conjugate(u, scale) : 0) <= tolerance)
          return `The duality gap is within ${tolerance}.`
      },
    }
  })
}
