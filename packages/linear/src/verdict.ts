// How a fit ended, in one word and one sentence.
import type { Outcome } from '@logodds/optim'
import type { FitRecord } from './model.ts'

/** "Converged" is what was measured at the reported point, never what the solver hoped. */
export function verdict(
  outcome: Outcome,
  separated: boolean,
  gradientNorm: number,
  tolerance: number,
  method?: string,
): Pick<FitRecord, 'status' | 'message'> {
  const { status, message, iterations } = outcome
  const measured = `gradient norm ${gradientNorm.toExponential(1)}`
  const by = method ? ` of ${method}` : ''
  if (separated)
    return {
      status: 'separated',
      message:
        'The classes are completely separated, so finite estimates do not exist: add a penalty such as l2(1e-3), or drop columns.',
    }
  if (gradientNorm <= tolerance)
    return { status: 'converged', message: `Converged: ${measured} after ${iterations} iterations${by}.` }
  return status === 'converged'
    ? {
        status: 'stopped',
        message: `Stopped by a rule of its own (${measured}): lower the solver's tolerance.`,
      }
    : { status, message: `${message} (${measured}${by && ` after ${iterations} iterations${by}`})` }
}
