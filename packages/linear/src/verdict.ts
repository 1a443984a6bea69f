// How a fit ended, in one word and one sentence.
import type { Outcome } from '@logodds/optim'

/** "Converged" is what was measured at the reported point, never what the solver hoped. */
export function verdict(outcome: Outcome, separated: boolean, gradientNorm: number, tolerance: number) {
  const measured = `gradient norm ${gradientNorm.toExponential(1)}`
  if (separated)
    return {
      status: 'separated' as const,
      message:
        'A combination of the columns separates the classes completely, so maximum-likelihood estimates do not exist; add a penalty such as l2(1e-3), or drop columns.',
    }
  if (gradientNorm <= tolerance)
    return {
      status: 'converged' as const,
      message: `Converged: ${measured} after ${outcome.iterations} iterations.`,
    }
  if (outcome.status === 'converged')
    return {
      status: 'stopped' as const,
      message: `The solver stopped by a rule of its own at ${measured}, above the tolerance ${tolerance}; lower the solver's tolerance.`,
    }
  return { status: outcome.status, message: `${outcome.message} (${measured})` }
}
