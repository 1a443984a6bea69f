// Binary logistic regression: minimise Σ s log(1 + exp(−(2y − 1)(xᵀw + b + o))) + λ [ α‖w‖₁ + (1 − α)/2 ‖w‖² ].
import { binaryCrossEntropy } from '@logodds/core'
import { minimize, minimizeAsync, type Outcome } from '@logodds/optim'
import type { StartingPoint } from './columns.ts'
import { dataHash } from './data-hash.ts'
import { admit, type ClassifierOptions, checkOffset } from './door.ts'
import { type Fitting, setUp } from './fitting.ts'
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
 * @throws TypeError or RangeError before any work: rows and labels of different lengths, ragged rows, numbers that are not finite,
 *   one class, more than two classes, negative weights, an unknown positive class
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
  if (classes.length > 2)
    throw new RangeError(
      `${caller}: expected two classes in y, got ${classes.length} (${classes
        .slice(0, 5)
        .map((c) => JSON.stringify(c))
        .join(', ')}${classes.length > 5 ? ', …' : ''}); see fitSoftmax in @logodds/multiclass`,
    )
  const positive = options.positive ?? classes[1]
  if (!classes.includes(positive))
    throw new RangeError(
      `${caller}: expected positive to be ${classes.map((c) => JSON.stringify(c)).join(' or ')}, got ${JSON.stringify(positive)}`,
    )
  const offset = checkOffset(caller, options.offset, shared.design.rows, 1)
  const targets = indices.map((k) => (classes[k] === positive ? 1 : 0))
  const fitting: Fitting = setUp(shared, [
    { loss: binaryCrossEntropy, width: 1, targets, offset, start: options.start },
  ])
  const finish = (outcome: Outcome): Model => {
    const [{ coefficients, intercepts, aliased, record }] = fitting.finish([outcome])
    return {
      format: 'logodds/model',
      version: 1,
      family: 'binary',
      classes,
      positive,
      reference: null,
      terms: [...shared.terms],
      coefficients,
      intercepts,
      penalty: fitting.penalty,
      standardize: fitting.standardize,
      offset: offset !== undefined,
      aliased,
      fit: {
        ...record,
        dataHash: dataHash(fitting.hash, JSON.stringify(classes), indices, shared.rawWeights, offset),
      },
    }
  }
  return { fitting, finish }
}
