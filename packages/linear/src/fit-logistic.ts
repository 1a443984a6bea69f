// Binary logistic regression: minimise Σ s log(1 + exp(−(2y − 1)(xᵀw + b + o))) + λ [ α‖w‖₁ + (1 − α)/2 ‖w‖² ].
import { binaryCrossEntropy } from '@logodds/core'
import { minimize, minimizeAsync, type Outcome } from '@logodds/optim'
import { asModel } from './as-model.ts'
import type { StartingPoint } from './columns.ts'
import { demand } from './demand.ts'
import { admit, type ClassifierOptions, checkOffset } from './door.ts'
import { setUp } from './fitting.ts'
import type { MatrixLike } from './matrix.ts'
import type { Label, Model } from './model.ts'
import { onlyOne } from './objective.ts'

export interface LogisticOptions extends ClassifierOptions {
  /** n numbers added to the log-odds; the model then needs one to predict. Default: none. */
  offset?: ArrayLike<number> | undefined
  /** The class whose log-odds are modelled. Default: the last of the sorted classes. */
  positive?: Label | undefined
  /** Where to start, on the scale of X, for the same positive class; default: the null model. */
  start?: StartingPoint | undefined
}

/**
 * Fits a binary logistic regression.
 *
 * Without a penalty: maximum likelihood; columns that earlier ones determine are dropped as in R (coefficient 0, named in
 * `aliased`), and complete separation ends the fit with status 'separated'. The intercept is never penalised. The objective is a
 * mean: scikit-learn's C is 1 / (λ Σ weights), glmnet's λ is λ.
 *
 * @param X n × p: an ndarray of any stride, or rows of numbers; not changed
 * @param y n labels of two classes: strings, numbers or booleans
 * @returns a plain object, with the certificate of the fit in `fit`
 * @throws RangeError before any work: rows and labels of different lengths, ragged rows, numbers that are not finite, one class, more
 *   than two classes, negative weights, an unknown positive class
 * @see Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., §4.4 and §18.4
 */
export function fitLogistic(X: MatrixLike, y: ArrayLike<Label>, options: LogisticOptions = {}): Model {
  const { fitting, finish } = prepare('fitLogistic', X, y, options)
  return finish(
    minimize(onlyOne(fitting.oracle), fitting.solvers[0], fitting.starts[0], {
      onStep: (step) => fitting.watch(0, step),
    }),
  )
}

/**
 * As {@link fitLogistic}, letting the page breathe between iterations. An aborted fit resolves to the best point so far, with
 * status 'stopped'.
 */
export async function fitLogisticAsync(
  X: MatrixLike,
  y: ArrayLike<Label>,
  options: LogisticOptions & { signal?: AbortSignal | undefined } = {},
): Promise<Model> {
  const { fitting, finish } = prepare('fitLogisticAsync', X, y, options)
  const { signal } = options
  return finish(
    await minimizeAsync(onlyOne(fitting.oracle), fitting.solvers[0], fitting.starts[0], {
      onStep: (step) => fitting.watch(0, step),
      ...(signal && { signal }),
    }),
  )
}

function prepare(caller: string, X: MatrixLike, y: ArrayLike<Label>, options: LogisticOptions) {
  const { shared, labels } = admit(caller, X, y, options)
  const { classes, indices } = labels
  demand(classes.length === 2, caller, 'two classes in y (for more: @logodds/multiclass)', classes.length)
  const { positive = classes[1] } = options
  const k = classes.indexOf(positive)
  demand(k >= 0, caller, `positive to be one of ${JSON.stringify(classes)}`, JSON.stringify(positive))
  const offset = checkOffset(caller, options.offset, shared.design.rows, 1)
  const fitting = setUp(shared, [
    {
      blocks: binaryCrossEntropy.blocks,
      lossSmoothness: binaryCrossEntropy.smoothness,
      width: 1,
      y: indices.map((index) => +(index === k)),
      offset,
      start: options.start,
    },
  ])
  const finish = (outcome: Outcome) =>
    asModel(
      { family: 'binary', positive, reference: null },
      shared,
      fitting,
      labels,
      offset,
      fitting.finish([outcome])[0],
    )
  return { fitting, finish }
}
