// The labels of rows that may have several, or none.
import type { Design, Label, MatrixLike, PredictOptions } from '@logodds/linear'
import type { MultiLabelModel } from './class-model.ts'
import { demand } from './demand.ts'
import { predictProbability } from './predict.ts'

export interface PredictLabelsOptions extends PredictOptions {
  /** In [0, 1], for all labels, or one for each. Default: 0.5. */
  threshold?: number | ArrayLike<number> | undefined
}

/**
 * The labels whose probability is ≥ the threshold: n lists, in the order of `model.classes`; empty where there is none.
 *
 * @throws as predictProbability; RangeError for a model of another family, or a threshold out of range
 */
export function predictLabels(
  model: MultiLabelModel,
  X: MatrixLike | Design,
  { threshold = 0.5, ...options }: PredictLabelsOptions = {},
): Label[][] {
  const caller = 'predictLabels'
  demand(model?.family === 'multi-label', caller, 'a multi-label model', model?.family)
  const { classes } = model
  const least = typeof threshold === 'number' ? classes.map(() => threshold) : Array.from(threshold)
  demand(least.length === classes.length, caller, `${classes.length} thresholds`, least.length)
  const bad = least.find((v) => !(v >= 0 && v <= 1))
  demand(bad === undefined, caller, 'thresholds in [0, 1]', bad)
  const { data, shape } = predictProbability(model, X, options)
  const K = classes.length
  return Array.from({ length: shape[0] }, (_, i) => classes.filter((__, k) => data[i * K + k] >= least[k]))
}
