// One solver after another, for problems at which the first may give up.
import type { Limits, Query, Solver } from '@logodds/optim'

/**
 * `first`; if it does not come within the tolerance, a second solver goes on from there, with the iterations that are left. They are
 * counted on.
 */
export const orElse = <Q extends Query>(
  { tolerance = 1e-8, maxIterations }: Limits,
  first: Solver<Q>,
  then: (maxIterations: number | undefined) => Solver<Q>,
): Solver<Q> =>
  function* (x) {
    const ended = yield* first(x)
    const { at, optimality, iterations } = ended
    const left = maxIterations === undefined ? undefined : maxIterations - iterations
    if (optimality <= tolerance || left === 0) return ended
    const run = then(left)(at.slice())
    let turn = run.next(0)
    while (!turn.done) {
      const asked = turn.value
      turn = run.next(
        yield 'iteration' in asked ? { ...asked, iteration: asked.iteration + iterations } : asked,
      )
    }
    return { ...turn.value, iterations: turn.value.iterations + iterations }
  }
