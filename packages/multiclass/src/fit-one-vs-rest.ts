// One-vs-rest: a binary model for each class against all others, all of them sharing each pass over the data.
import {
  admit,
  type ClassifierOptions,
  type Design,
  type Label,
  type MatrixLike,
  type Model,
  type StartingPoint,
} from '@logodds/linear'
import { type DeclaredClasses, declaredClasses } from './declared-classes.ts'
import { sideBySide } from './side-by-side.ts'

export interface OneVsRestOptions extends ClassifierOptions, DeclaredClasses {
  /** n numbers added to the log-odds of every class; the model then needs one to predict. Default: none. */
  offset?: ArrayLike<number> | undefined
  /** Where to start, on the scale of X: K rows of coefficients and K intercepts; default: the null models. */
  start?: StartingPoint | undefined
  /**
   * 'balanced' weighs each class and its rest alike, in each of the K splits; in place of `classWeights`, which are the same in all of them.
   * Splits with weights of their own have standardised columns and passes of their own. Default: none.
   */
  splitWeights?: 'balanced' | undefined
}

/**
 * Fits one binary logistic regression for each class against the rest. The K solvers run side by side: a pass over the data
 * answers all that are asking, so it takes as many passes as the slowest class alone, and each class's coefficients are bit for
 * bit what `fitLogistic` gives for it.
 *
 * `classWeights: 'balanced'` balances the K classes, once, for all K problems; `splitWeights: 'balanced'` each class with its rest, in its
 * own problem. The scores are not calibrated against each other: the probabilities that `predictProbability` gives are the K sigmoids
 * divided by their sum.
 *
 * `fit` in the model: the first status that is not 'converged', the most iterations, the shared passes (with `splitWeights`, those of all), the
 * largest gradient norm, the sum of the duality gaps (of the sum of the K objectives); there is no joint likelihood, so that is null.
 *
 * @param X n × p: an ndarray of any stride, rows of numbers, or a design such as the kernels make; not changed
 * @param y n labels of at least two classes
 * @throws RangeError before any work, as fitLogistic does
 * @see Rifkin & Klautau, In Defense of One-Vs-All Classification (2004)
 */
export function fitOneVsRest(
  X: MatrixLike | Design,
  y: ArrayLike<Label>,
  options: OneVsRestOptions = {},
): Model {
  const caller = 'fitOneVsRest'
  const classWeights = declaredClasses(caller, y, options)
  const admitted = admit(caller, X, y, { ...options, classWeights })
  const { classes, indices } = admitted.labels
  return sideBySide(
    { family: 'one-vs-rest', positive: null, reference: null },
    admitted,
    classes.map((_, k) => indices.map((index) => +(index === k))),
    options,
    {
      name: (k) => `Class ${JSON.stringify(classes[k])} against the rest`,
      all: 'classes',
      independent: false,
    },
  )
}
