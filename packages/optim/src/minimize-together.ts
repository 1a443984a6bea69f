// Running several solvers side by side on what they share: one pass over the data answers all that are asking.
import { drive, type MinimizeOptions } from './drive.ts'
import type { ManyOracle, Outcome, Query, Solver, Step } from './oracle.ts'

export interface TogetherOptions extends Omit<MinimizeOptions, 'onStep'> {
  /** Called with the solver's index. Return 'stop' to end that solver alone. */
  onStep?: ((index: number, step: Step) => unknown) | undefined
}

/**
 * Runs K solvers, one start each, in rounds: each round the oracle is asked once, with the pending question of every solver
 * that has not ended (null for the others). So there are as many rounds as the slowest solver has questions, and each
 * solver's iterates are what they would be alone.
 *
 * @returns one outcome per solver; `queries` counts that solver's own.
 * @throws RangeError if there are not as many starts as solvers; and whatever the oracle or `onStep` throws: an error from the
 * oracle carries the best point of each solver so far (`outcomesOf`).
 */
export function minimizeTogether<Q extends Query>(
  oracle: ManyOracle<Q>,
  solvers: readonly Solver<NoInfer<Q>>[],
  starts: readonly ArrayLike<number>[],
  { onStep, ...limits }: TogetherOptions = {},
): Outcome[] {
  const size = solvers.length
  if (starts.length !== size)
    throw new RangeError(
      `minimizeTogether: expected starts.length ${size} (one per solver), got ${starts.length}`,
    )
  const runs = solvers.map((solver, k) =>
    drive<Q>('minimizeTogether', solver, starts[k]!, {
      ...limits,
      onStep: onStep && ((step) => onStep(k, step)),
    }),
  )
  const answers = new Float64Array(size)
  const turns = runs.map((run) => run.next(0))
  const outcomes: Outcome[] = []
  for (;;) {
    const queries = turns.map((turn, k) => {
      if (!turn.done) return turn.value
      outcomes[k] = turn.value
      return null
    })
    if (!queries.some((query) => query)) return outcomes
    answers.fill(NaN)
    try {
      oracle(queries, answers)
    } catch (error) {
      const ends = runs.map((run, k) => outcomes[k] ?? run.next('stopped').value)
      Reflect.set(Object(error), 'outcomes', ends)
      throw error
    }
    queries.forEach((query, k) => {
      if (query) turns[k] = runs[k]!.next(answers[k]!)
    })
  }
}
