// A solver that asks for models, over an oracle that answers Hessians: each is a quadratic model.
import type { Coordinates, Ending, HessianQuery, ModelQuery, Query, Step } from './oracle.ts'
import type { ProximalSolver } from './penalty.ts'

/**
 * `solver`, asking `hessian` where it would ask `model`: m(d) = ∇f(at)ᵀd + ½ dᵀH d with H = ∇²f(at) itself, so f has to be convex.
 *
 * One pass gives f, ∇f and the model, also at points of a line search that are passed over. Memory: p² + p.
 * Choose it up to a few hundred coordinates, where an oracle does not answer `model`.
 */
export function byHessian<Q extends Query>(
  solver: ProximalSolver<Q | ModelQuery>,
): ProximalSolver<Exclude<Q, ModelQuery> | HessianQuery> {
  function* run(x: Float64Array): Generator<Exclude<Q, ModelQuery> | HessianQuery | Step, Ending, number> {
    const size = x.length
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
    const inner = solver(x)
    try {
      for (let answer = 0; ; ) {
        const turn = inner.next(answer)
        if (turn.done) return turn.value
        const asked: Query | Step = turn.value
        if (asked.ask === 'model') {
          const { at, gradient } = asked
          answer = yield { ask: 'hessian', at, gradient, hessian }
          slopes.set(gradient)
          asked.model = model
        } else answer = yield asked as Exclude<Q, ModelQuery>
      }
    } finally {
      // So that the solver can clean up, whoever ended it.
      inner.return({} as Ending)
    }
  }
  return Object.assign(run, { penalty: solver.penalty })
}
