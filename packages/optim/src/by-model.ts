// A solver that asks for models, over an oracle that answers gradients: the models are made by somebody else who sees the data.
import { answeringModels } from './answering-models.ts'
import type { GradientQuery, ModelMaker, ModelQuery, Query } from './oracle.ts'
import type { ProximalSolver } from './penalty.ts'

/**
 * `solver`, asking `gradient` where it would ask `model`; `modelOf` makes the model then, of a Hessian that it need not write down.
 *
 * Choose it for more coordinates than {@link byHessian} bears.
 */
export const byModel = <Q extends Query>(
  solver: ProximalSolver<Q | ModelQuery>,
  modelOf: ModelMaker,
): ProximalSolver<Exclude<Q, ModelQuery> | GradientQuery> =>
  answeringModels<Q, GradientQuery>(
    solver,
    () =>
      function* (asked) {
        const { at, gradient } = asked
        const value = yield { ask: 'gradient', at, gradient }
        asked.model = modelOf(gradient)
        return value
      },
  )
