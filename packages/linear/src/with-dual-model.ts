// A solver that goes from row to row, in a fit: what it asks of the dual is answered here, from the gradients that the fit answers.
import type {
  DualCoordinates,
  DualModelQuery,
  Ending,
  Penalty,
  Query,
  SmoothPenalty,
  Solver,
  Step,
} from '@logodds/optim'
import { demand } from './demand.ts'
import { type DualModel, dualModel } from './dual-model.ts'
import type { SolverContext } from './fit-options.ts'
import type { ObjectiveQuery } from './problem.ts'

/**
 * A solver that asks for the dual, made ready for a fit with a ridge penalty:
 *
 *     fitLogistic(X, y, {
 *       penalty: l2(0.1),
 *       solver: (penalty, context) => withDualModel(penalty, context, dualCoordinateDescent(context)),
 *     })
 *
 * Choose it where there are far more columns than rows. Memory: some 9p + 14n, beside the solver's own.
 *
 * @throws RangeError if the penalty is not a ridge, or the loss has more than one input
 */
export function withDualModel<Q extends ObjectiveQuery>(
  penalty: Penalty | undefined,
  { design, problem, data }: Pick<SolverContext, 'design' | 'problem' | 'data'>,
  solver: Solver<Q | DualModelQuery>,
): Solver<ObjectiveQuery> {
  demand(penalty && 'smooth' in penalty, 'withDualModel', 'a ridge penalty, l2(λ)', penalty?.name ?? 'none')
  const ridge = penalty as SmoothPenalty
  return function* (x): Generator<ObjectiveQuery | Step, Ending, number> {
    const own = new WeakSet<DualCoordinates>()
    const inner = solver(x)
    try {
      for (let answer = 0; ; ) {
        const turn = inner.next(answer)
        if (turn.done) return turn.value
        const asked: Query | Step = turn.value
        if (asked.ask !== 'dual-model') {
          answer = yield asked as Q | Step
          continue
        }
        const { at, gradient } = asked
        answer = yield { ask: 'gradient', at, gradient }
        if (!asked.dual || !own.has(asked.dual)) {
          asked.dual = dualModel({ design, problem, data, penalty: ridge })
          own.add(asked.dual)
        }
        ;(asked.dual as DualModel).begin(at, gradient)
      }
    } finally {
      // So that the solver can clean up, whoever ended it.
      inner.return({} as Ending)
    }
  }
}
