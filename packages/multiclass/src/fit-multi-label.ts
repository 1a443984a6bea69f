// Multi-label regression: several labels for a row, each with a binary model of its own, all of them sharing each pass over the data.
import {
  admit,
  asMatrix,
  type ClassifierOptions,
  type Design,
  type Label,
  type MatrixLike,
  type StartingPoint,
} from '@logodds/linear'
import type { MultiLabelModel } from './class-model.ts'
import { demand } from './demand.ts'
import { sideBySide } from './side-by-side.ts'

export interface MultiLabelOptions extends Omit<ClassifierOptions, 'classWeights'> {
  /** The names of the K columns of Y. Default: 0, 1, … */
  classes?: readonly Label[] | undefined
  /** n numbers added to the log-odds of every label; the model then needs one to predict. Default: none. */
  offset?: ArrayLike<number> | undefined
  /** Where to start, on the scale of X: K rows of coefficients and K intercepts; default: the null models. */
  start?: StartingPoint | undefined
  /**
   * 'balanced' weighs the rows with and without each label alike. Labels with weights of their own have standardised columns and passes of
   * their own. Default: none.
   */
  splitWeights?: 'balanced' | undefined
}

/**
 * Fits K labels that do not exclude each other, independent given x: one logistic regression for each column of Y, bit for bit what
 * `fitLogistic` gives for it, in as many passes as the slowest of them takes. It minimises the sum of the K objectives
 * (`multiLabelCrossEntropy` of `@logodds/core`), which have no coordinate in common.
 *
 * `fit` in the model: the first status that is not 'converged', the most iterations, the shared passes (with `splitWeights`, those of all), the
 * largest gradient norm, the sum of the duality gaps; `logLikelihood` is the sum of those of the labels.
 *
 * @param X n × p: an ndarray of any stride, rows of numbers, or a design; not changed
 * @param Y n × K of 0 and 1: rows, or an ndarray; K is 1 or more
 * @throws RangeError before any work, as fitLogistic does; for entries other than 0 and 1; for a label that all rows have, or none
 */
export function fitMultiLabel(
  X: MatrixLike | Design,
  Y: MatrixLike,
  options: MultiLabelOptions = {},
): MultiLabelModel {
  const caller = 'fitMultiLabel'
  const { data, shape, stride, offset } = asMatrix(caller, Y)
  const [n, K] = shape
  const classes = options.classes ?? Array.from({ length: K }, (_, k) => k)
  demand(K > 0, caller, 'at least one column in Y', K)
  demand(classes.length === K, caller, `${K} classes (columns of Y)`, classes.length)
  demand(new Set(classes).size === K, caller, 'classes that differ', JSON.stringify(classes))
  const targets = Array.from(classes, (label, k) => {
    const y = Float64Array.from({ length: n }, (_, i) => data[offset + i * stride[0] + k * stride[1]])
    const bad = y.findIndex((v) => v !== 0 && v !== 1)
    demand(bad < 0, caller, `0 or 1 in row ${bad}, column ${k} of Y`, y[bad])
    const mixed = y.includes(0) && y.includes(1)
    demand(
      mixed,
      caller,
      `rows with and rows without ${JSON.stringify(label)}`,
      `all ${y[0] ? 'with' : 'without'}`,
    )
    return y
  })
  const { shared } = admit(caller, X, Array.from(targets[0]), { ...options, classWeights: undefined })
  const indices = Float64Array.from({ length: n * K }, (_, q) => targets[q % K][Math.floor(q / K)])
  return sideBySide(
    { family: 'multi-label' },
    { shared, labels: { classes: [...classes], indices } },
    targets,
    options,
    { name: (k) => `Label ${JSON.stringify(classes[k])}`, all: 'labels', independent: true },
  )
}
