// --penalty, --lambda and --alpha: which go together, and the penalty they make.
import { elasticNet, l1, l2, type Penalty } from '@logodds/optim'
import { choiceOption, numberOption } from './option-values.ts'
import { userError } from './user-error.ts'

export type PenaltyKind = 'none' | 'l1' | 'l2' | 'elastic-net'

export interface PenaltyChoice {
  readonly kind: PenaltyKind
  readonly lambda: number
  /** Only of elastic-net. */
  readonly alpha: number | null
}

export function penaltyOptions(given: { penalty?: string; lambda?: string; alpha?: string }): PenaltyChoice {
  const kind = choiceOption<PenaltyKind>(
    '--penalty',
    given.penalty ?? 'none',
    ['none', 'l1', 'l2', 'elastic-net'],
    ['firth'],
  )
  if (given.lambda === 'cv')
    throw userError('--lambda cv is not built yet; expected a number >= 0, such as --lambda 0.01')
  if (kind === 'none' && given.lambda !== undefined)
    throw userError('--lambda needs a penalty: add --penalty l1, l2 or elastic-net')
  if (kind !== 'elastic-net' && given.alpha !== undefined)
    throw userError(`--alpha is for --penalty elastic-net, got --penalty ${kind}`)
  if (kind !== 'none' && given.lambda === undefined)
    throw userError(`--penalty ${kind} needs --lambda, such as --lambda 0.01`)
  const lambda =
    given.lambda === undefined
      ? 0
      : numberOption('--lambda', given.lambda, 'a number >= 0', (value) => value >= 0)
  const alpha =
    kind !== 'elastic-net'
      ? null
      : numberOption(
          '--alpha',
          given.alpha ?? '0.5',
          'a number from 0 to 1',
          (value) => value >= 0 && value <= 1,
        )
  return { kind, lambda, alpha }
}

/** The penalty as the fits take it; a strength of 0 is none. */
export function penaltyFor({ kind, lambda, alpha }: PenaltyChoice): Penalty | undefined {
  if (kind === 'none' || lambda === 0) return undefined
  if (kind === 'l1') return l1(lambda)
  return kind === 'l2' ? l2(lambda) : elasticNet(lambda, alpha as number)
}
