// A solver's last word, in the same sentences for all of them.
import type { Ending, Status, Step } from './oracle.ts'

const SENTENCES = {
  converged: 'Converged: the measured optimality is within the tolerance.',
  'iteration-limit':
    'The iteration limit came first: raise maxIterations or tolerance, or scale the coordinates.',
  'line-search-failed':
    'No step improves on this point: raise tolerance if it is near the rounding error, else check that values and gradients agree.',
  'non-finite': 'The function is not finite near this point: start elsewhere, or add a penalty.',
}

/** Infinity for what could not be measured. */
const measured = (x: number): number => (Number.isNaN(x) ? Infinity : x)

/** Ends at `step`, whose `at` may be the solver's own buffer. */
export function ending(status: Extract<Status, keyof typeof SENTENCES>, step: Step): Ending {
  return {
    status,
    message: SENTENCES[status],
    at: step.at,
    value: measured(step.value),
    iterations: step.iteration,
    optimality: measured(step.optimality),
  }
}

/** The ending if `step` is the last one, undefined if the solve goes on. */
export function verdict(step: Step, tolerance: number, maxIterations: number): Ending | undefined {
  if (step.optimality <= tolerance) return ending('converged', step)
  return step.iteration >= maxIterations ? ending('iteration-limit', step) : undefined
}
