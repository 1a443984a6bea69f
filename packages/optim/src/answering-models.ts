// A solver that asks for models, over an oracle that does not answer them: another question is asked in their place.
import type { Ending, ModelQuery, Query, Step } from './oracle.ts'
import type { ProximalSolver } from './penalty.ts'

/**
 * `solver` with `answer` for its questions of models: what that yields is asked instead, and it fills in the gradient and the model.
 *
 * @param answer is made anew for each run
 */
export function answeringModels<Q extends Query, A extends Query>(
  solver: ProximalSolver<Q | ModelQuery>,
  answer: (size: number) => (asked: ModelQuery) => Generator<A, number, number>,
): ProximalSolver<Exclude<Q, ModelQuery> | A> {
  function* run(x: Float64Array): Generator<Exclude<Q, ModelQuery> | A | Step, Ending, number> {
    const model = answer(x.length)
    const inner = solver(x)
    try {
      for (let value = 0; ; ) {
        const turn = inner.next(value)
        if (turn.done) return turn.value
        const asked: Query | Step = turn.value
        value = asked.ask === 'model' ? yield* model(asked) : yield asked as Exclude<Q, ModelQuery>
      }
    } finally {
      // So that the solver can clean up, whoever ended it.
      inner.return({} as Ending)
    }
  }
  return Object.assign(run, { penalty: solver.penalty })
}
