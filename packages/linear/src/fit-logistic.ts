// Binary logistic regression: minimise Σ s log(1 + exp(−(2y − 1)(xᵀw + b + o))) + λ [ α‖w‖₁ + (1 − α)/2 ‖w‖² ].
import { binaryCrossEntropyBlocks } from '@logodds/core'
import { minimize, minimizeAsync, type Outcome } from '@logodds/optim'
import { asModel } from './as-model.ts'
import { checkStart, type StartingPoint } from './columns.ts'
import { demand } from './demand.ts'
import type { Design } from './design.ts'
import { admit, type ClassifierOptions, checkOffset } from './door.ts'
import { pose } from './fit.ts'
import type { MatrixLike } from './matrix.ts'
import type { Label, Model } from './model.ts'
import type { ObjectiveQuery } from './problem.ts'
import { survey } from './survey.ts'

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
 * @param X n × p: an ndarray of any stride, rows of numbers, or a design such as the kernels make; not changed
 * @param y n labels of two classes: strings, numbers or booleans
 * @returns a plain object, with the certificate of the fit in `fit`
 * @throws RangeError before any work: rows and labels of different lengths, ragged rows, numbers that are not finite, one class, more
 *   than two classes, negative weights, an unknown positive class
 * @see Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., §4.4 and §18.4
 */
export function fitLogistic(
  X: MatrixLike | Design,
  y: ArrayLike<Label>,
  options: LogisticOptions = {},
): Model {
  const { oracle, fit, finish } = prepare('fitLogistic', X, y, options)
  return finish(minimize(oracle, fit.solver, fit.start, { onStep: (step) => fit.watch(step, 0) }))
}

/**
 * As {@link fitLogistic}, letting the page breathe between iterations. An aborted fit resolves to the best point so far, with
 * status 'stopped'.
 */
export async function fitLogisticAsync(
  X: MatrixLike | Design,
  y: ArrayLike<Label>,
  options: LogisticOptions & { signal?: AbortSignal | undefined } = {},
): Promise<Model> {
  const { oracle, fit, finish } = prepare('fitLogisticAsync', X, y, options)
  const { signal } = options
  return finish(
    await minimizeAsync(oracle, fit.solver, fit.start, { onStep: (step) => fit.watch(step, 0), signal }),
  )
}

function prepare(caller: string, X: MatrixLike | Design, y: ArrayLike<Label>, options: LogisticOptions) {
  const { shared, labels } = admit(caller, X, y, options)
  const { classes, indices, counts } = labels
  demand(classes.length === 2, caller, 'two classes in y (for more: @logodds/multiclass)', classes.length)
  const { positive = classes[1] } = options
  const k = classes.indexOf(positive)
  demand(k >= 0, caller, `positive to be one of ${JSON.stringify(classes)}`, JSON.stringify(positive))
  const offset = checkOffset(caller, options.offset, shared.design.rows, 1)
  checkStart(caller, options.start, shared.terms.length, 1)
  const surveyed = survey(shared)
  const fit = pose(surveyed, {
    blocks: binaryCrossEntropyBlocks,
    // Of σ(η) σ(−η).
    lossSmoothness: 0.25,
    width: 1,
    y: k ? indices : indices.map((index) => 1 - index),
    counts: k ? counts : [counts[1], counts[0]],
    offset,
    start: options.start,
  })
  const { data, add } = fit
  const oracle = (query: ObjectiveQuery) => add(query, data.oracle(query))
  const finish = (outcome: Outcome) => {
    const run = fit.finish(outcome)
    let turn = run.next(0)
    while (!turn.done) turn = run.next(data.oracle(turn.value))
    return asModel({ family: 'binary', positive, reference: null }, surveyed, labels, offset, turn.value)
  }
  return { oracle, fit, finish }
}
