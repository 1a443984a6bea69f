// Several problems over the same rows, solved side by side: K for one-vs-rest.
import type { ManyOracle, Outcome, Solver, Step } from '@logodds/optim'
import { type Posed, pose, type Solved } from './fit.ts'
import type { ObjectiveQuery } from './problem.ts'
import { type Shared, type Survey, survey } from './survey.ts'
import { together } from './together.ts'

/** Problems that are ready to be solved by any driver of optim, and finished from the outcomes. */
export interface Fitting extends Survey {
  readonly oracle: ManyOracle<ObjectiveQuery>
  readonly solvers: readonly Solver<ObjectiveQuery>[]
  readonly starts: readonly Float64Array[]
  /** To be called with every step of problem k; says when to stop. */
  watch(k: number, step: Step): unknown
  /** Certifies the outcomes, in their order. */
  finish(outcomes: readonly Outcome[]): Solved[]
}

/** Looks at the columns, decides which are fitted and on what scale, and makes oracle, solvers and starts. */
export function setUp(shared: Shared, posed: readonly Posed[]): Fitting {
  const looked = survey(shared)
  const fits = posed.map((problem) => pose(looked, problem))
  const data = together(
    looked.inner,
    fits.map((fit) => fit.data),
  )
  return {
    ...looked,
    solvers: fits.map(({ solver }) => solver),
    starts: fits.map(({ start }) => start),
    oracle(queries, answers) {
      data(queries, answers)
      queries.forEach((query, k) => {
        if (query) answers[k] = fits[k].add(query, answers[k])
      })
    },
    watch: (k, step) => fits[k].watch(step, k),
    finish(outcomes) {
      const runs = fits.map((fit, k) => fit.finish(outcomes[k]))
      const answers = new Float64Array(fits.length)
      const turns = runs.map((run) => run.next(0))
      const solved: Solved[] = []
      for (;;) {
        const queries = turns.map((turn, k) => {
          if (!turn.done) return turn.value
          solved[k] = turn.value
          return null
        })
        if (!queries.some(Boolean)) return solved
        data(queries, answers)
        queries.forEach((query, k) => {
          if (query) turns[k] = runs[k].next(answers[k])
        })
      }
    },
  }
}
