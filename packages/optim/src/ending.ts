// How a run ends: in the same sentences for all solvers.
import type { Ending, Status, Step } from './oracle.ts'

/** Ends at `step`, whose `at` may be the solver's own buffer. */
export function ending(status: Status, step: Step): Ending {
  return {
    status,
    message: {
      converged: 'Within the tolerance.',
      'iteration-limit': 'Not converged: raise maxIterations or tolerance.',
      'line-search-failed': 'No better point found: raise tolerance, or check the gradient.',
      'non-finite': 'Not finite nearby: start elsewhere, or add a penalty.',
      'time-limit': 'Out of time: start from this point to go on.',
      stopped: 'Stopped: start from this point to go on.',
    }[status],
    at: step.at,
    value: measured(step.value),
    iterations: step.iteration,
    optimality: measured(step.optimality),
  }
}

/** Infinity for what could not be measured. */
const measured = (x: number): number => (Number.isNaN(x) ? Infinity : x)

/** The ending if `step` is the last one, undefined if the solve goes on. */
export function verdict(step: Step, tolerance: number, maxIterations: number): Ending | undefined {
  if (step.optimality <= tolerance) return ending('converged', step)
  if (step.iteration >= maxIterations) return ending('iteration-limit', step)
}
