// --solver and --step: a solver by its name, if it can work with the penalty.
import { type SolverChoice, smoothness } from '@logodds/linear'
import { fista, gradientDescent, lbfgs, newton } from '@logodds/optim'
import { choiceOption, numberOption } from './option-values.ts'
import type { PenaltyChoice } from './penalty-options.ts'
import { userError } from './user-error.ts'

/** undefined: the fit chooses. */
export function solverOptions(
  given: { solver?: string; step?: string },
  { kind, lambda }: PenaltyChoice,
): SolverChoice | undefined {
  const solver =
    given.solver === undefined
      ? undefined
      : choiceOption('--solver', given.solver, ['newton', 'lbfgs', 'gradient-descent', 'fista'])
  if (given.step !== undefined && solver !== 'gradient-descent')
    throw userError(
      `--step is for --solver gradient-descent, got ${solver ? `--solver ${solver}` : 'no --solver'}`,
    )
  if (solver === undefined) return undefined
  const penalised = kind !== 'none' && lambda > 0
  if (solver === 'fista' && !penalised)
    throw userError('--solver fista needs a penalty; without one use newton, lbfgs or gradient-descent')
  if (solver !== 'fista' && penalised && kind !== 'l2')
    throw userError(
      `--solver ${solver} cannot fit --penalty ${kind}, which has no gradient; use --solver fista`,
    )
  return byName[solver](stepOption(given.step))
}

/** 'smooth': 1/L with L an upper bound of the curvature. */
type StepRule = number | 'smooth' | undefined

function stepOption(text: string | undefined): StepRule {
  if (text === undefined) return undefined
  if (text === 'lipschitz-lr')
    throw userError('--step lipschitz-lr is not built yet; use 1/L or a number > 0')
  if (text === '1/L') return 'smooth'
  return numberOption('--step', text, '1/L or a number > 0', (value) => value > 0)
}

const byName: Record<'newton' | 'lbfgs' | 'gradient-descent' | 'fista', (step: StepRule) => SolverChoice> = {
  newton:
    () =>
    (_penalty, { tolerance, maxIterations }) =>
      newton({ tolerance, maxIterations }),
  lbfgs:
    () =>
    (_penalty, { tolerance, maxIterations }) =>
      lbfgs({ tolerance, maxIterations }),
  fista:
    () =>
    (penalty, { tolerance, maxIterations }) => {
      if (!penalty) throw userError('--solver fista needs a penalty')
      return fista({ penalty, tolerance, maxIterations })
    },
  'gradient-descent': (step) => (penalty, context) =>
    gradientDescent({
      step: step === 'smooth' ? 1 / smoothness(context, penalty) : step,
      tolerance: context.tolerance,
      maxIterations: context.maxIterations,
    }),
}
