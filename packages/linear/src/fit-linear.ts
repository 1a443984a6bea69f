// Linear models with any loss of one raw input: minimise Σ s ℓ(xᵀw + b + o, y) + λ [ α‖w‖₁ + (1 − α)/2 ‖w‖² ].
import { blockForm, squared } from '@logodds/core'
import { minimize, minimizeAsync, type Outcome, type SmoothPenalty } from '@logodds/optim'
import { asModel } from './as-model.ts'
import { checkStart } from './columns.ts'
import { checkedNumbers, demand } from './demand.ts'
import type { Design } from './design.ts'
import { checkOffset, enter } from './door.ts'
import { envelopes } from './envelopes.ts'
import { pose } from './fit.ts'
import type { SolverChoice, SolverContext } from './fit-options.ts'
import type { LinearLoss, LinearOptions } from './linear-options.ts'
import { linearSolver } from './linear-solver.ts'
import { hasKinks, isUsable, neverAttained } from './loss-traits.ts'
import type { MatrixLike } from './matrix.ts'
import type { LinearModel, ScalarLink } from './model.ts'
import { nullModel } from './null-model.ts'
import { type DataQuery, dataOracle } from './single-objective.ts'
import { survey } from './survey.ts'
import { verdict } from './verdict.ts'

/**
 * Fits a linear model.
 *
 * - The squared loss with ridge or no penalty has a closed form, whose result is measured and refined like any other. R: `lm`; scikit-learn: `Ridge` with
 *   alpha = λ Σ weights and `standardize: false`.
 * - Losses with kinks (`absolute`, `quantile`, `epsilonInsensitive`, `hinge`, …) reach the same tolerance as smooth ones: `gradientNorm` is then that of a subgradient, or the
 *   slack up to which it is one in units of the gradient, whichever is larger. Where several models are optimal, one is returned.
 * - Losses that are not convex (`focal`, `binaryBrier`, …) end at a stationary point, and `message` says so.
 *
 * Without a penalty, columns that earlier ones determine are dropped as in R (coefficient 0, named in `aliased`). `dualityGap` bounds how far the
 * objective is from its minimum, where the loss has a conjugate and every column is penalised. `logLikelihood` is null.
 *
 * @param X n × p: an ndarray of any stride, rows of numbers, or a design; not changed
 * @param y n targets, as the loss wants them
 * @returns a plain object, with the certificate of the fit in `fit`
 * @throws RangeError before any work: rows and targets of different lengths, targets that the loss does not have, ragged rows, numbers that are
 *   not finite, negative weights, a loss that is for measuring only
 * @see Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., §3.2, §3.4 and §10.6
 */
export function fitLinear(
  X: MatrixLike | Design,
  y: ArrayLike<number>,
  options: LinearOptions = {},
): LinearModel {
  const { oracle, fit, finish } = prepare('fitLinear', X, y, options)
  return finish(minimize(oracle, fit.solver, fit.start, { onStep: (step) => fit.watch(step, 0) }))
}

/**
 * As {@link fitLinear}, letting the page breathe between iterations. An aborted fit resolves to the best point so far, with
 * status 'stopped'.
 */
export async function fitLinearAsync(
  X: MatrixLike | Design,
  y: ArrayLike<number>,
  options: LinearOptions & { signal?: AbortSignal | undefined } = {},
): Promise<LinearModel> {
  const { oracle, fit, finish } = prepare('fitLinearAsync', X, y, options)
  const { signal } = options
  return finish(
    await minimizeAsync(oracle, fit.solver, fit.start, { onStep: (step) => fit.watch(step, 0), signal }),
  )
}

function prepare(caller: string, X: MatrixLike | Design, given: ArrayLike<number>, options: LinearOptions) {
  const { loss = squared as LinearLoss, intercept = true, tolerance = 1e-8, solver } = options
  isUsable(caller, loss)
  const link = (loss.link ?? 'identity') as ScalarLink
  let y!: Float64Array
  const shared = enter(caller, X, { ...options, solver: undefined }, (n, weights) => {
    y = checkedNumbers(caller, 'y', given, n, -Infinity)
    checkTargets(caller, loss, y, weights)
    return weights
  })
  const { design, weights, terms } = shared
  const offset = checkOffset(caller, options.offset, design.rows, 1)
  checkStart(caller, options.start, terms.length, 1)

  const none = nullModel(loss, link, y, weights, offset, intercept)
  const enough = tolerance * none.slope
  const kinked = !solver && hasKinks(loss) ? envelopes(loss, y.length, 0.1 * none.spread) : undefined
  // The problem and the penalty in the coordinates in which the solver works.
  let context!: SolverContext
  let added: SmoothPenalty | undefined
  const choose: SolverChoice = (penalty, given) => {
    context = given
    const chosen = (solver ?? linearSolver(loss, kinked, none.spread))(penalty, given)
    added =
      'penalty' in chosen && chosen.penalty === penalty ? undefined : (penalty as SmoothPenalty | undefined)
    return chosen as ReturnType<SolverChoice>
  }
  const surveyed = survey({ ...shared, options: { ...options, tolerance: enough, solver: choose } })
  const fit = pose(surveyed, {
    blocks: kinked?.blocks ?? blockForm(loss),
    lossSmoothness: loss.smoothness,
    width: 1,
    y,
    offset,
    start: options.start ?? { coefficients: [terms.map(() => 0)], intercepts: [none.intercept] },
    separates: ({ weights }, eta) => neverAttained(loss, y, weights, offset, eta),
  })
  const oracle = dataOracle(context.design, context.problem, fit.data, added)
  const finish = (outcome: Outcome): LinearModel => {
    if (kinked) kinked.measuring = true
    const run = fit.finish(outcome)
    let turn = run.next(0)
    let slack = 0
    while (!turn.done) {
      const value = fit.data.oracle(turn.value)
      slack = (kinked?.slack ?? 0) / none.spread
      turn = run.next(value)
    }
    const { record, ...solved } = turn.value
    // What left the doubles is reported as the largest of them, which survives JSON.
    const measured = Math.max(record.gradientNorm, slack)
    const gradientNorm = Number.isFinite(measured) ? measured : Number.MAX_VALUE
    const { dualityGap: gap } = record
    const dualityGap = gap !== null && gap <= Number.MAX_VALUE ? gap : null
    const said = verdict(outcome, record.status === 'separated', gradientNorm, enough, fit.solver.method)
    if (loss.convex === false && said.status === 'converged')
      said.message += ' A stationary point: the loss is not convex, so that there may be better ones.'
    // A model of numbers has no classes.
    const { classes: _, ...model } = asModel(
      { family: 'linear', loss: loss.name, link },
      surveyed,
      { classes: [], indices: y },
      offset,
      { ...solved, record: { ...record, ...said, gradientNorm, dualityGap, logLikelihood: null } },
    )
    return model
  }
  return { oracle: (query: DataQuery) => oracle(query), fit, finish }
}

function checkTargets(
  caller: string,
  loss: LinearLoss,
  y: Float64Array,
  weights: Float64Array | undefined,
): void {
  const { targets, name, calibrated, link } = loss
  const bad = targets ? y.findIndex((v) => !targets.holds(v)) : -1
  demand(bad < 0, caller, `y of the loss ${name}: ${targets?.what}`, `${y[bad]} at index ${bad}`)
  demand(weights?.some(Boolean) ?? true, caller, 'weights with a positive sum', 0)
  const seen = weights ? y.filter((_, i) => weights[i] > 0) : y
  // A probability that all rows share has a finite log-odds; a class that all rows share has none.
  const one = typeof calibrated === 'boolean' && seen.every((v) => v === seen[0] && v % 1 === 0)
  demand(!one, caller, 'two classes in y', `${seen[0]} alone`)
  demand(link !== 'log' || seen.some(Boolean), caller, 'a y > 0', 'zeros alone')
}
