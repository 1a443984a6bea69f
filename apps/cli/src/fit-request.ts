// What a `fit` is asked for, checked as far as that goes without the data.
import type { SolverChoice } from '@logodds/linear'
import { type ClassWeightsChoice, classWeightsOption } from './class-weights-option.ts'
import { choiceOption, namesOption, neededOption, numberOption, seedOption } from './option-values.ts'
import { type PenaltyChoice, penaltyOptions } from './penalty-options.ts'
import { solverOptions } from './solver-options.ts'
import type { TrainingOptions } from './training-rows.ts'
import { userError } from './user-error.ts'

/** As the command line gives them: text. */
export interface FitOptionTexts {
  target?: string
  features?: string
  categorical?: string
  weights?: string
  offset?: string
  penalty?: string
  lambda?: string
  alpha?: string
  standardize?: boolean
  classWeights?: string
  positive?: string
  multiclass?: string
  reference?: string
  solver?: string
  step?: string
  tolerance?: string
  maxIterations?: string
  seed?: string
  missing?: string
}

export interface FitRequest extends TrainingOptions {
  readonly penalty: PenaltyChoice
  readonly standardize: boolean
  readonly classWeights: ClassWeightsChoice | undefined
  readonly positive: string | undefined
  readonly multiclass: 'softmax' | 'one-vs-rest'
  readonly reference: string | undefined
  readonly solver: SolverChoice | undefined
  readonly tolerance: number
  readonly maxIterations: number | undefined
  readonly warnings: readonly string[]
}

export function fitRequest(given: FitOptionTexts): FitRequest {
  const penalty = penaltyOptions(given)
  const multiclass = choiceOption('--multiclass', given.multiclass ?? 'softmax', ['softmax', 'one-vs-rest'])
  if (given.reference !== undefined && multiclass === 'one-vs-rest')
    throw userError('--reference is for --multiclass softmax, got --multiclass one-vs-rest')
  if (given.seed !== undefined) seedOption(given.seed)
  return {
    target: neededOption('--target COLUMN', given.target),
    weights: given.weights ?? null,
    offset: given.offset ?? null,
    features: given.features === undefined ? null : namesOption('--features', given.features),
    categorical: given.categorical === undefined ? [] : namesOption('--categorical', given.categorical),
    missing: choiceOption('--missing', given.missing ?? 'error', ['error', 'drop']),
    penalty,
    standardize: given.standardize ?? true,
    classWeights: given.classWeights === undefined ? undefined : classWeightsOption(given.classWeights),
    positive: given.positive,
    multiclass,
    reference: given.reference,
    solver: solverOptions(given, penalty),
    tolerance:
      given.tolerance === undefined
        ? 1e-8
        : numberOption('--tolerance', given.tolerance, 'a number > 0', (value) => value > 0),
    maxIterations:
      given.maxIterations === undefined
        ? undefined
        : numberOption(
            '--max-iterations',
            given.maxIterations,
            'an integer >= 0',
            (value) => Number.isSafeInteger(value) && value >= 0,
          ),
    warnings:
      given.seed === undefined ? [] : ['--seed has no effect: nothing in this fit is drawn at random'],
  }
}
