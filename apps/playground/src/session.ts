// One fit that is stepped by hand: the same problem, solver and certificate as `fitLogistic`, with the reins held here.
import { binaryCrossEntropyBlocks } from '@logodds/core'
import { admit, onlyOne, setUp } from '@logodds/linear'
import { l2, type Outcome, stepThrough } from '@logodds/optim'
import type { FitRequest, StepReport, Verdict } from './protocol.ts'
import { solverChoice, TOLERANCE } from './solvers.ts'

/** What an advance brought: a step, the end, or both at once. */
export interface Advance {
  readonly step: StepReport | null
  readonly verdict: Verdict | null
}

export interface Session {
  /** The first call gives the start, step 0; each later one works for one iteration. Not to be called after the end. */
  advance(): Advance
  /** Ends where it stands. */
  stop(): Verdict
}

/** Prepares a fit; nothing is solved yet. @throws TypeError or RangeError on data that cannot be fitted. */
export function openSession({ X, labels, positive, solver, lambda }: FitRequest): Session {
  let report: StepReport | null = null
  let aim = 0
  const { shared, labels: encoded } = admit('playground', X, labels, {
    tolerance: TOLERANCE,
    solver(penalty, context) {
      aim = context.tolerance
      return solverChoice(solver)(penalty, context)
    },
    ...(lambda > 0 && { penalty: l2(lambda) }),
    onStep({ iteration, value, optimality, coefficients, intercepts }) {
      report = { iteration, value, optimality, coefficients: coefficients[0], intercept: intercepts[0] }
    },
  })
  const y = encoded.indices.map((k) => (encoded.classes[k] === positive ? 1 : 0))
  const fitting = setUp(shared, [{ blocks: binaryCrossEntropyBlocks, lossSmoothness: 0.25, width: 1, y }])
  const oracle = onlyOne(fitting.oracle)
  let queries = 0
  const steps = stepThrough<Parameters<typeof oracle>[0]>(
    (query) => {
      queries++
      return oracle(query)
    },
    fitting.solvers[0],
    fitting.starts[0],
  )
  let here: Outcome = {
    status: 'stopped',
    message: 'Stopped on request.',
    at: fitting.starts[0],
    value: Number.POSITIVE_INFINITY,
    iterations: 0,
    queries: 0,
    optimality: Number.POSITIVE_INFINITY,
  }

  const finish = (outcome: Outcome): Verdict => {
    const [{ coefficients, intercepts, record }] = fitting.finish([outcome])
    return { coefficients: coefficients[0], intercept: intercepts[0], record }
  }
  const stop = () => {
    steps.return(here)
    return finish(here)
  }
  return {
    advance() {
      const turn = steps.next()
      if (turn.done) return { step: null, verdict: finish(turn.value) }
      const { iteration, value, optimality, at } = turn.value
      here = { ...here, at, value, iterations: iteration, queries, optimality }
      if (fitting.watch(0, turn.value) === 'stop') return { step: report, verdict: stop() }
      // The solver is about to say so itself; asked at once, the last step and the end are one.
      const end = optimality <= aim ? steps.next() : null
      return { step: report, verdict: end?.done ? finish(end.value) : null }
    },
    stop,
  }
}
