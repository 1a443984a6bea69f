// One-vs-rest: a binary model for each class against all others, all of them sharing each pass over the data.
import { binaryCrossEntropyBlocks } from '@logodds/core'
import {
  admit,
  asModel,
  type ClassifierOptions,
  checkOffset,
  checkStart,
  type FitRecord,
  type Label,
  type MatrixLike,
  type Model,
  type StartingPoint,
  setUp,
} from '@logodds/linear'
import { minimizeTogether } from '@logodds/optim'

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
      classes,
    ),
  })
}

/** The record of K fits as one: the first status that is not 'converged', and the largest of each number. */
export function together(
  records: readonly Omit<FitRecord, 'dataHash'>[],
  classes: readonly Label[],
): Omit<FitRecord, 'dataHash'> {
  const bad = records.findIndex(({ status }) => status !== 'converged')
  const most = (of: (record: Omit<FitRecord, 'dataHash'>) => number) => Math.max(...records.map(of))
  const gaps = records.map(({ dualityGap }) => dualityGap)
  return {
    ...records[Math.max(0, bad)],
    message:
      bad < 0
        ? `Converged: all ${records.length} classes, largest gradient norm ${most((r) => r.gradientNorm).toExponential(1)}.`
        : `Class ${JSON.stringify(classes[bad])} against the rest: ${records[bad].message}`,
    rank: most((r) => r.rank),
    iterations: most((r) => r.iterations),
    passes: most((r) => r.passes),
    gradientNorm: most((r) => r.gradientNorm),
    dualityGap: gaps.includes(null) ? null : gaps.reduce<number>((sum, gap) => sum + (gap as number), 0),
    logLikelihood: null,
  }
}
