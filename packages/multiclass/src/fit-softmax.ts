// Softmax (multinomial logistic) regression, symmetric: every class has its own coefficients.
import { categoricalCrossEntropy } from '@logodds/core'
import {
  admit,
  type ClassifierOptions,
  checkOffset,
  dataHash,
  type Label,
  type MatrixLike,
  type Model,
  onlyOne,
  type StartingPoint,
  setUp,
} from '@logodds/linear'
import { minimize, minimizeAsync, type Outcome } from '@logodds/optim'
import { gaugeTerm, settle } from './gauge.ts'

export interface SoftmaxOptions extends ClassifierOptions {
  /** n × K numbers (row-major, columns by sorted class) added to η; the model then needs one to predict. Default: none. */
  offset?: ArrayLike<number> | undefined
  /** Report differences to this class, whose own coefficients are then 0. The penalty stays symmetric. Default: none. */
  reference?: Label | undefined
  /** Where to start, on the scale of X: K rows of coefficients and K intercepts; default: the null model. */
  start?: StartingPoint | undefined
}

/**
 * Fits a softmax regression: minimises Σ s [log Σₖ exp ηₖ − η_y] + λ [ α‖W‖₁ + (1 − α)/2 ‖W‖² ], η = xᵀW + b + o.
 *
 * Only differences between classes matter, so one representative is reported: intercepts, and unpenalised or ridge coefficients,
 * sum to zero over the classes; an ℓ1 row is where its penalty is smallest; with `reference`, everything is the difference to that
 * class. Two classes give what `fitLogistic` gives with λ/2 for ridge, λ for ℓ1 (elastic net: λα kept, λ(1 − α) halved).
 *
 * @param X n × p: an ndarray of any stride, or rows of numbers; not changed
 * @param y n labels of at least two classes: strings, numbers or booleans
 * @throws TypeError or RangeError before any work, as fitLogistic does, and for an unknown reference class
 * @see Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., §4.4 and §18.4; Friedman, Hastie & Tibshirani,
 *   Regularization Paths for Generalized Linear Models via Coordinate Descent (2010), §4 for the gauge
 */
export function fitSoftmax(X: MatrixLike, y: ArrayLike<Label>, options: SoftmaxOptions = {}): Model {
  const { fitting, finish } = prepare('fitSoftmax', X, y, options)
  return finish(
    minimize(onlyOne(fitting.oracle), fitting.solvers[0], fitting.starts[0], {
      onStep: (step) => fitting.watch(0, step),
    }),
  )
}

/** As {@link fitSoftmax}, letting the page breathe; an aborted fit resolves to the best point so far, with status 'stopped'. */
export async function fitSoftmaxAsync(
  X: MatrixLike,
  y: ArrayLike<Label>,
  options: SoftmaxOptions & { signal?: AbortSignal | undefined } = {},
): Promise<Model> {
  const { fitting, finish } = prepare('fitSoftmaxAsync', X, y, options)
  return finish(
    await minimizeAsync(onlyOne(fitting.oracle), fitting.solvers[0], fitting.starts[0], {
      onStep: (step) => fitting.watch(0, step),
      signal: options.signal,
    }),
  )
}

function prepare(caller: string, X: MatrixLike, y: ArrayLike<Label>, options: SoftmaxOptions) {
  const { shared, labels } = admit(caller, X, y, options)
  const { classes, indices } = labels
  const width = classes.length
  const { reference = null, start } = options
  if (reference !== null && !classes.includes(reference))
    throw new RangeError(
      `${caller}: expected reference to be one of ${JSON.stringify(classes)}, got ${JSON.stringify(reference)}`,
    )
  const offset = checkOffset(caller, options.offset, shared.design.rows, width)
  const fitting = setUp(shared, [
    {
      loss: categoricalCrossEntropy,
      width,
      targets: indices,
      offset,
      start,
      gauge: (penalty, size) => gaugeTerm(penalty, size, width),
      settle: (at, penalty) => settle(at, penalty, width),
    },
  ])
  const finish = (outcome: Outcome): Model => {
    const [{ coefficients, intercepts, aliased, record }] = fitting.finish([outcome])
    const base = reference === null ? -1 : classes.indexOf(reference)
    const minus = (row: number[], from: number[] | undefined) => row.map((v, j) => v - (from?.[j] ?? 0))
    // Sums that are zero inside are not on the scale of X where coefficients of a row do not cancel (ℓ1).
    const origin = base < 0 ? intercepts.reduce((sum, b) => sum + b, 0) / width : intercepts[base]
    return {
      format: 'logodds/model',
      version: 1,
      family: 'softmax',
      classes,
      positive: null,
      reference,
      terms: [...shared.terms],
      coefficients: coefficients.map((row) => minus(row, coefficients[base])),
      intercepts: intercepts.map((b) => b - origin),
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
