// What decisions are made from: probabilities, votes or scores, and a word on whether they are calibrated.
import {
  type Design,
  decision,
  type Label,
  type MatrixLike,
  type PredictOptions,
  rowMajor,
} from '@logodds/linear'
import { type Calibration, checkedProbabilities } from './calibration.ts'
import type { ClassModel } from './class-model.ts'
import { demand } from './demand.ts'
import { predictProbability } from './predict.ts'
import { votes } from './votes.ts'

/** What the numbers of a decision are, see `note`. */
export type Basis = 'likelihood' | 'normalised-scores' | 'coupled-pairs' | 'votes' | 'calibrated' | 'given'

/** Where a model's numbers come from. */
export interface NumberOptions extends PredictOptions {
  /** What decision values go through in place of the model's own probabilities. */
  calibration?: Calibration | undefined
  /** One-vs-one: decide by coupled probabilities, or by votes, each a share of all pairs. Default: 'probability'. */
  by?: 'probability' | 'votes' | undefined
}

export interface Numbers {
  readonly classes: readonly Label[]
  readonly basis: Basis
  readonly note: string
  readonly p: ReturnType<typeof checkedProbabilities>
  /** Scores of one-vs-rest, votes of one-vs-one. */
  readonly claims?: Float64Array | undefined
  readonly counts?: Float64Array | undefined
}

export function fromModel(model: ClassModel, X: MatrixLike | Design, options: NumberOptions): Numbers {
  const { offset, calibration, by = 'probability' } = options
  const { family, classes } = model
  const one = (family as string) !== 'multi-label'
  demand(one, 'decide', 'a model of one class a row', 'a multi-label one: see predictLabels')
  const known = by === 'probability' || (by === 'votes' && family === 'one-vs-one' && !calibration)
  demand(known, 'decide', "by 'probability', or by 'votes' with a one-vs-one model and no calibration", by)
  const counts = family === 'one-vs-one' ? votes(model, X).data : undefined
  const shared = {
    classes,
    counts,
    claims: family === 'one-vs-rest' ? decision(model, X, { offset }).data : undefined,
  }
  if (by === 'votes' && counts) {
    const total = (classes.length * (classes.length - 1)) / 2
    return {
      ...shared,
      basis: 'votes',
      note: 'Not probabilities: the share of all pairs that a class wins, which is never above 2/K.',
      p: rowMajor(
        counts.map((count) => count / total),
        counts.length / classes.length,
        classes.length,
      ),
    }
  }
  const p = predictProbability(model, X, { offset, calibration })
  if (calibration)
    return {
      ...shared,
      basis: 'calibrated',
      note: 'Probabilities of a calibration map that was passed in: as good as the rows it was fitted on.',
      p,
    }
  if (family === 'one-vs-rest')
    return {
      ...shared,
      basis: 'normalised-scores',
      note: 'Not calibrated: one sigmoid for each class, fitted apart from the others, divided by their sum. Pass a calibration map for probabilities.',
      p,
    }
  if (family === 'one-vs-one')
    return {
      ...shared,
      basis: 'coupled-pairs',
      note: 'Not calibrated: probabilities within pairs, each fitted apart from the others, reconciled by least squares. Pass a calibration map for probabilities.',
      p,
    }
  return {
    ...shared,
    basis: 'likelihood',
    note: 'Probabilities of a joint model of the classes, shrunk towards each other where it is penalised.',
    p,
  }
}

export function fromProbabilities(p: MatrixLike, classes: readonly Label[]): Numbers {
  demand(classes?.length > 1, 'decide', 'at least two classes', classes?.length)
  const n = 'shape' in p ? p.shape[0] : p.length
  return {
    classes,
    basis: 'given',
    note: 'Probabilities as they were passed in: whether they are calibrated is for their source to say.',
    p: checkedProbabilities('decide', p, n, classes.length),
  }
}
