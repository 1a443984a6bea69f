// From checked arguments to a solved and certified fit, for any number of problems over the same rows: one for a binary or a
// softmax fit, K for one-vs-rest. Inside, columns are centred and have standard deviation 1; reports are on the scale of X.
import type { Loss } from '@logodds/core'
import {
  addPenalty,
  type ManyOracle,
  type Outcome,
  type Penalty,
  type SmoothPenalty,
  type SmoothTerm,
  type Solver,
  type Step,
} from '@logodds/optim'
import { recentre, separates, totalLoss } from './certificate.ts'
import { certify } from './certify.ts'
import { chooseColumns, fromRawScale, penaltyInside, type StartingPoint, toRawScale } from './columns.ts'
import { defaultSolver } from './default-solver.ts'
import type { ColumnMoments, Design } from './design.ts'
import type { FitOptions } from './fit-options.ts'
import { spectralBound } from './gram.ts'
import type { FitRecord, PenaltyRecord } from './model.ts'
import { type ObjectiveQuery, sharedObjective } from './objective.ts'
import { verdict } from './verdict.ts'
import { withIntercept } from './with-intercept.ts'

/** One problem as a fit poses it; everything has been checked. */
export interface Posed {
  readonly loss: Loss
  readonly width: number
  readonly targets: Float64Array
  readonly offset?: Float64Array | undefined
  readonly start?: StartingPoint | undefined
  /** Moves the solution to the representative that is to be reported, on standardised columns; changes it. */
  settle?(at: Float64Array, penalty: Penalty | undefined): void
  /** A term that is zero at the representative, for directions that the loss does not see. */
  gauge?(penalty: Penalty | undefined, size: number): SmoothTerm
}

/** Rows, weights and options that all the problems share. */
export interface Shared {
  readonly caller: string
  readonly design: Design
  readonly terms: readonly string[]
  /** Raw sample weights. */
  readonly rawWeights: Float64Array
  /** Raw weights × class weights, normalised to sum to 1. */
  readonly weights: Float64Array
  readonly options: FitOptions
}

/** A problem solved: what goes into the model. */
export interface Solved {
  readonly coefficients: number[][]
  readonly intercepts: number[]
  readonly aliased: string[]
  readonly record: Omit<FitRecord, 'dataHash'>
}

/** Problems that are ready to be solved by any driver of optim, and finished from the outcomes. */
export interface Fitting {
  readonly oracle: ManyOracle<ObjectiveQuery>
  readonly solvers: readonly Solver<ObjectiveQuery>[]
  readonly starts: readonly Float64Array[]
  readonly penalty: PenaltyRecord
  readonly standardize: boolean
  /** A fingerprint of the numbers in X. */
  readonly hash: number
  /** To be called with every step of problem k; says when to stop. */
  watch(k: number, step: Step): unknown
  /** Certifies the outcomes, in their order. */
  finish(outcomes: readonly Outcome[]): Solved[]
}

/** Looks at the columns, decides which are fitted and on what scale, and makes oracle, solvers and starts. */
export function setUp(shared: Shared, posed: readonly Posed[]): Fitting {
  const { caller, design, options } = shared
  const { tolerance = 1e-8, maxIterations, penalty, intercept = true, standardize = true } = options
  const given = penalty && penalty.lambda > 0 ? penalty : undefined
  const factors = penaltyFactors(shared, given)
  const moments = design.moments(shared.weights)
  refuseNonFinite(shared, moments)
  const columns = chooseColumns(design, shared.weights, moments, intercept, factors)
  const { keep } = columns
  const inner = design.rescaled(columns.centre, columns.scale, keep)
  const full = intercept ? withIntercept(inner) : inner
  if (full.columns === 0)
    throw new RangeError(`${caller}: expected an intercept or a column that is not zero, got neither`)

  const objective = sharedObjective(
    full,
    posed.map(({ loss, width, targets, offset }) => ({
      loss,
      width,
      y: targets,
      weights: shared.weights,
      offset,
    })),
  )
  let bounds = 0
  const terms: SmoothTerm[][] = []
  const solvers: Solver<ObjectiveQuery>[] = []
  const penalties = posed.map(({ width, loss, gauge }) => {
    const size = full.columns * width
    const penalty = given && penaltyInside(given, columns, factors, width, standardize)
    const solver = (options.solver ?? defaultSolver)(penalty, {
      tolerance,
      maxIterations,
      size,
      smoothness: () => {
        bounds++
        return (
          loss.smoothness * spectralBound(full, shared.weights) + (isSmooth(penalty) ? penalty.smoothness : 0)
        )
      },
    })
    const carried = 'penalty' in solver ? solver.penalty : undefined
    if (carried !== penalty && !(carried === undefined && isSmooth(penalty)))
      throw new TypeError(
        `${caller}: expected a solver that takes the penalty ${given?.name ?? 'none'}, like (penalty) => fista({ penalty }), got one ${carried ? `for another (${carried.name})` : 'without'}`,
      )
    terms.push([
      ...(gauge ? [gauge(penalty, size)] : []),
      ...(isSmooth(penalty) && !carried ? [penalty] : []),
    ])
    solvers.push(solver)
    return penalty
  })
  const oracle: ManyOracle<ObjectiveQuery> = (queries, answers) => {
    objective.oracle(queries, answers)
    queries.forEach((query, k) => {
      if (query) for (const term of terms[k]) answers[k] += addPenalty(term, query)
    })
  }

  const starts = posed.map(({ width, offset, start, settle }, k) => {
    if (start) {
      const at = fromRawScale(caller, start, columns, width)
      settle?.(at, penalties[k])
      return at
    }
    const problem = objective.problems[k]
    if (offset) problem.eta.set(offset)
    // The null model: the intercept alone.
    const at = new Float64Array(full.columns * width)
    if (intercept) at.set(recentre(problem), keep.length * width)
    return at
  })

  const separated = new Set<number>()
  return {
    oracle,
    solvers,
    starts,
    penalty: { kind: given?.name ?? 'none', lambda: given?.lambda ?? 0, alpha: given?.alpha ?? null },
    standardize: given ? standardize : false,
    hash: moments.hash,
    watch(k, step) {
      const asked = options.onStep?.(
        {
          iteration: step.iteration,
          value: step.value,
          optimality: step.optimality,
          get coefficients() {
            return toRawScale(step.at, columns, posed[k].width).coefficients
          },
          get intercepts() {
            return toRawScale(step.at, columns, posed[k].width).intercepts
          },
        },
        k,
      )
      if (!given && separates(objective.problems[k])) separated.add(k)
      return separated.has(k) ? 'stop' : asked
    },
    finish(outcomes) {
      const certified = certify(
        objective,
        outcomes.map(({ at, optimality }, k) => ({
          at,
          claimed: optimality,
          penalty: penalties[k],
          intercepts: keep.length * posed[k].width,
          bounded: columns.free === 0,
          settle: posed[k].settle,
        })),
        tolerance,
      )
      return certified.map(({ at, gradientNorm, dualityGap }, k) => ({
        ...toRawScale(at, columns, posed[k].width),
        aliased: columns.aliased.map((c) => shared.terms[c]),
        record: {
          ...verdict(outcomes[k], separated.has(k), gradientNorm, tolerance),
          n: design.rows,
          weightSum: shared.rawWeights.reduce((a, b) => a + b, 0),
          rank: keep.length + (intercept ? 1 : 0),
          iterations: outcomes[k].iterations,
          passes: objective.passes + columns.passes + bounds,
          gradientNorm,
          dualityGap,
          logLikelihood: -totalLoss(objective.problems[k], shared.rawWeights),
        },
      }))
    },
  }
}

const isSmooth = (penalty: Penalty | undefined): penalty is SmoothPenalty =>
  penalty !== undefined && 'smooth' in penalty

function penaltyFactors({ caller, terms }: Shared, penalty: Penalty | undefined): Float64Array {
  if (penalty?.weights && penalty.weights.length !== terms.length)
    throw new RangeError(
      `${caller}: expected ${terms.length} penalty weights (columns of X), got ${penalty.weights.length}`,
    )
  return Float64Array.from(terms, (_, c) => (penalty ? (penalty.weights?.[c] ?? 1) : 0))
}

function refuseNonFinite({ caller, design, terms }: Shared, { mean, deviation }: ColumnMoments): void {
  const bad = deviation.findIndex((d, c) => !Number.isFinite(d + mean[c]))
  if (bad < 0) return
  const found = design.firstNonFinite()
  throw new RangeError(
    found
      ? `${caller}: expected finite numbers in X, got ${found.value} in row ${found.row}, column ${found.column} (${terms[found.column]})`
      : `${caller}: expected numbers whose squares are finite, got larger ones in column ${bad} (${terms[bad]}); rescale it`,
  )
}
