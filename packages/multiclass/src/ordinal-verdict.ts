// How an ordinal fit ended, in one word and one sentence: what was measured, never what was hoped.
import type { FitRecord } from '@logodds/linear'
import type { Outcome } from '@logodds/optim'

export function ordinalVerdict(
  { status, message, iterations }: Outcome,
  separated: boolean,
  gradientNorm: number,
  tolerance: number,
): Pick<FitRecord, 'status' | 'message'> {
  const measured = `gradient norm ${gradientNorm.toExponential(1)}`
  if (separated)
    return {
      status: 'separated',
      message:
        'The classes follow one another without overlap, so finite estimates do not exist: add a penalty such as l2(1e-3), or drop columns.',
    }
  if (gradientNorm <= tolerance)
    return { status: 'converged', message: `Converged: ${measured} after ${iterations} iterations.` }
  return { status: status === 'converged' ? 'stopped' : status, message: `${message} (${measured})` }
}
