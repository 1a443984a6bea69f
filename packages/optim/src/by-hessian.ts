// A solver that asks for models, over an oracle that answers Hessians: each is a quadratic model.
import { answeringModels } from './answering-models.ts'
import type { Coordinates, HessianQuery, ModelQuery, Query } from './oracle.ts'
import type { ProximalSolver } from './penalty.ts'

/**
 * `solver`, asking `hessian` where it would ask `model`: m(d) = ∇f(at)ᵀd + ½ dᵀH d with H = ∇²f(at) itself, so f has to be convex.
 *
 * One pass gives f, ∇f and the model, also at points of a line search that are passed over. Memory: p² + p.
 * Choose it up to a few hundred coordinates, where an oracle does not answer `model`.
 */
export const byHessian = <Q extends Query>(
  solver: ProximalSolver<Q | ModelQuery>,
): ProximalSolver<Exclude<Q, ModelQuery> | HessianQuery> =>
  answeringModels<Q, HessianQuery>(solver, (size) => {
    const hessian = new Float64Array(size * size)
    const slopes = new Float64Array(size)
    const model: Coordinates = {
      size,
      slope: (j) => slopes[j]!,
      curvature: (j) => hessian[j * (size + 1)]!,
      move(j, by) {
        for (let k = 0, row = j * size; k < size; k++) slopes[k]! += by * hessian[row + k]!
      },
    }
    return function* (asked) {
      const { at, gradient } = asked
      const value = yield { ask: 'hessian', at, gradient, hessian }
      slopes.set(gradient)
      asked.model = model
      return value
    }
  })
