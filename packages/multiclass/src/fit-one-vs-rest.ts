// One-vs-rest: a binary model for each class against all others, all of them sharing each pass over the data.
import { binaryCrossEntropyBlocks } from '@logodds/core'
import {
  admit,
  asModel,
  type ClassifierOptions,
  checkOffset,
  checkStart,
  type Label,
  type MatrixLike,
  type Model,
  type StartingPoint,
  setUp,
} from '@logodds/linear'
import { minimizeTogether } from '@logodds/optim'
import { together } from './together.ts'

export interface OneVsRestOptions extends ClassifierOptions {
  /** n numbers added to the log-odds of every class; the model then needs one to predict. Default: none. */
  offset?: ArrayLike<number> | undefined
  /** Where to start, on the scale of X: K rows of coefficients and K intercepts; default: the null models. */
  start?: StartingPoint | undefined
}

/**
 * Fits one binary logistic regression for each class against the rest. The K solvers run side by side: a pass over the data
 * answers all that are asking, so it takes as many passes as the slowest class alone, and each class's coefficients are bit for
 * bit what `fitLogistic` gives for it.
 *
 * `classWeights: 'balanced'` balances the K classes, once, for all K problems. The scores are not calibrated against each other: the
 * probabilities that `predictProbability` gives are the K sigmoids divided by their sum.
 *
 * `fit` in the model: the first status that is not 'converged', the most iterations, the shared passes, the largest gradient norm, the sum of the duality gaps (of
 * the sum of the K objectives); there is no joint likelihood, so that is null.
 *
 * @param X n × p: an ndarray of any stride, or rows of numbers; not changed
 * @param y n labels of at least two classes
 * @throws RangeError before any work, as fitLogistic does
 * @see Rifkin & Klautau, In Defense of One-Vs-All Classification (2004)
 */
export function fitOneVsRest(X: MatrixLike, y: ArrayLike<Label>, options: OneVsRestOptions = {}): Model {
  const caller = 'fitOneVsRest'
  const { shared, labels } = admit(caller, X, y, options)
  const { classes, indices } = labels
  const { start } = options
  const offset = checkOffset(caller, options.offset, shared.design.rows, 1)
  checkStart(caller, start, shared.terms.length, classes.length)
  const fitting = setUp(
    shared,
    classes.map((_, k) => ({
      blocks: binaryCrossEntropyBlocks,
      lossSmoothness: 0.25,
      width: 1,
      y: indices.map((index) => +(index === k)),
      offset,
      start: start && { coefficients: [start.coefficients[k]], intercepts: [start.intercepts[k]] },
    })),
  )
  const outcomes = minimizeTogether(fitting.oracle, fitting.solvers, fitting.starts, {
    onStep: fitting.watch,
  })
  const solved = fitting.finish(outcomes)
  return asModel({ family: 'one-vs-rest', positive: null, reference: null }, fitting, labels, offset, {
    coefficients: solved.map(({ coefficients }) => coefficients[0]),
    intercepts: solved.map(({ intercepts }) => intercepts[0]),
    aliased: solved[0].aliased,
    record: together(
      solved.map(({ record }) => record),
      (k) => `Class ${JSON.stringify(classes[k])} against the rest`,
      'classes',
    ),
  })
}
