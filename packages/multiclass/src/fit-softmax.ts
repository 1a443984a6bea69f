// Softmax (multinomial logistic) regression, symmetric: every class has its own coefficients.
import { categoricalCrossEntropyBlocks } from '@logodds/core'
import {
  admit,
  asModel,
  type ClassifierOptions,
  checkOffset,
  checkStart,
  type Design,
  type Label,
  type MatrixLike,
  type Model,
  onlyOne,
  type SolverChoice,
  type StartingPoint,
  setUp,
} from '@logodds/linear'
import { minimize, minimizeAsync, type Outcome } from '@logodds/optim'
import { type DeclaredClasses, declaredClasses } from './declared-classes.ts'
import { gaugeTerm, hasFreeGroup, settle } from './gauge.ts'
import { separates } from './separation.ts'
import { softmaxSolver } from './softmax-solver.ts'

export interface SoftmaxOptions extends ClassifierOptions, DeclaredClasses {
  /** Default: see {@link softmaxSolver}. */
  solver?: SolverChoice | undefined
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
 * @param X n × p: an ndarray of any stride, rows of numbers, or a design such as the kernels make; not changed
 * @param y n labels of at least two classes: strings, numbers or booleans
 * @throws RangeError before any work, as fitLogistic does, and for an unknown reference class
 * @see Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., §4.4 and §18.4; Friedman, Hastie & Tibshirani,
 *   Regularization Paths for Generalized Linear Models via Coordinate Descent (2010), §4 for the gauge
 */
export function fitSoftmax(X: MatrixLike | Design, y: ArrayLike<Label>, options: SoftmaxOptions = {}): Model {
  const { fitting, finish } = prepare('fitSoftmax', X, y, options)
  return finish(
    minimize(onlyOne(fitting.oracle), fitting.solvers[0], fitting.starts[0], {
      onStep: (step) => fitting.watch(0, step),
    }),
  )
}

/** As {@link fitSoftmax}, letting the page breathe; an aborted fit resolves to the best point so far, with status 'stopped'. */
export async function fitSoftmaxAsync(
  X: MatrixLike | Design,
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

function prepare(caller: string, X: MatrixLike | Design, y: ArrayLike<Label>, options: SoftmaxOptions) {
  const classWeights = declaredClasses(caller, y, options)
  const { shared, labels } = admit(caller, X, y, {
    ...options,
    classWeights,
    solver: options.solver ?? softmaxSolver,
  })
  const { classes, indices, counts } = labels
  const width = classes.length
  const { reference = null, start } = options
  const base = reference === null ? -1 : classes.indexOf(reference)
  if (reference !== null && base < 0)
    throw new RangeError(
      `${caller}: expected reference to be one of ${JSON.stringify(classes)}, got ${JSON.stringify(reference)}`,
    )
  const offset = checkOffset(caller, options.offset, shared.design.rows, width)
  checkStart(caller, start, shared.terms.length, width)
  const fitting = setUp(shared, [
    {
      blocks: categoricalCrossEntropyBlocks,
      // Of diag(p) − ppᵀ.
      lossSmoothness: 0.5,
      width,
      y: indices,
      counts,
      offset,
      start,
      gauge: (penalty, size) => gaugeTerm(penalty, size, width),
      settle: (at, penalty) => settle(at, penalty, width),
      separates,
    },
  ])
  const finish = (outcome: Outcome): Model => {
    const [{ record, ...solved }] = fitting.finish([outcome])
    const { coefficients, intercepts } = solved
    const kind = { family: 'softmax', positive: null, reference } as const
    // Sums that are zero inside are not on the scale of X where the coefficients of a column do not cancel (ℓ1).
    const origin = base < 0 ? intercepts.reduce((sum, b) => sum + b, 0) / width : intercepts[base]
    return asModel(kind, fitting, labels, offset, {
      ...solved,
      // An unpenalised group: what the penalty does not bound, its dual does not either.
      record: hasFreeGroup(shared.options.penalty, shared.terms.length)
        ? { ...record, dualityGap: null }
        : record,
      coefficients:
        base < 0 ? coefficients : coefficients.map((row) => row.map((v, j) => v - coefficients[base][j])),
      intercepts: intercepts.map((b) => b - origin),
    })
  }
  return { fitting, finish }
}
