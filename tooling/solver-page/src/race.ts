// One run: how close to the minimum after how many passes over the data.
import { minimize, type Outcome, until } from '@logodds/optim'
import type { Contestant } from './contestants.ts'
import type { Problem } from './problems.ts'

export interface Race {
  readonly contestant: Contestant
  /** At each step: passes over the data so far, f − f*. */
  readonly trace: readonly { passes: number; gap: number }[]
  /** Iterations and passes at the first step with f − f* ≤ the level; undefined if there was none. */
  reached(level: number): { iterations: number; passes: number } | undefined
  readonly outcome: Outcome
}

export const mostPasses = 200
/** As close as doubles can tell on these problems. */
const least = 1e-13

export function race(problem: Problem, contestant: Contestant): Race {
  const before = problem.passes()
  const trace: { passes: number; gap: number }[] = []
  const enough = () => () => {
    const { passes, gap } = trace.at(-1)!
    if (gap <= least) return 'There.'
    return passes >= mostPasses ? 'Too far.' : undefined
  }
  const outcome = minimize(problem.oracle, until(contestant.make(problem), enough), problem.start, {
    onStep: ({ value }) =>
      void trace.push({
        passes: problem.passes() - before,
        gap: Math.max(value - problem.minimum, 0),
      }),
  })
  return {
    contestant,
    trace,
    outcome,
    reached(level) {
      const k = trace.findIndex(({ gap }) => gap <= level)
      return k < 0 ? undefined : { iterations: k, passes: trace[k]!.passes }
    },
  }
}
