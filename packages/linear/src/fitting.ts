// From checked arguments to a solved and certified fit, for any number of problems over the same rows: one for a binary or a
// softmax fit, K for one-vs-rest. Inside, columns are centred and have standard deviation 1; reports are on the scale of X.
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
import { dualValue, nullIntercepts, separates, wholeBlock } from './certificate.ts'
import { chooseColumns, fromRawScale, type StartingPoint, toRawScale } from './columns.ts'
import { defaultSolver } from './default-solver.ts'
import { demand } from './demand.ts'
import type { Design } from './design.ts'
import type { FitOptions } from './fit-options.ts'
import type { FitRecord, PenaltyRecord } from './model.ts'
import { type ObjectiveQuery, type Problem, sharedObjective } from './objective.ts'
import { verdict } from './verdict.ts'

/** A problem as a fit poses it; everything has been checked. */
export interface Posed extends Omit<Problem, 'weights'> {
  /** See {@link ScalarLoss.smoothness} of `@logodds/core`. */
  readonly lossSmoothness: number
  readonly start?: StartingPoint | undefined
  /** A term that is zero at the representative that is reported, for directions that the loss does not see. */
  gauge?(penalty: Penalty | undefined, size: number): SmoothTerm
  /** Moves a solution to that representative, in standardised coordinates; changes it. */
  settle?(at: Float64Array, penalty: Penalty | undefined): void
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
  const { caller, design, options, terms, rawWeights, weights } = shared
  const { tolerance = 1e-8, maxIterations, intercept = true, standardize = true } = options
  const given = options.penalty?.lambda ? options.penalty : undefined
  const named = given?.weights?.length ?? terms.length
  demand(named === terms.length, caller, `${terms.length} penalty weights (columns of X)`, named)
  const factors = Float64Array.from(terms, (_, c) => (given ? (given.weights?.[c] ?? 1) : 0))
  const moments = design.moments(weights)
  refuseNonFinite(shared, moments.deviation)
  const columns = chooseColumns(design, weights, moments, intercept, factors)
  const { keep, scale } = columns
  const inner = design.rescaled(columns.centre, scale, keep)
  const full = intercept ? inner.withIntercept() : inner
  demand(full.columns, caller, 'an intercept or a column that is not zero', 'neither')
  const objective = sharedObjective(
    full,
    posed.map((problem) => ({ ...problem, weights })),
  )
  const { states } = objective

  const inside = posed.map(({ width, lossSmoothness, gauge }, k) => {
    const size = full.columns * width
    // Coordinate q belongs to column keep[q / K] of X; the last K are intercepts, which no penalty touches.
    const each = (of: (c: number) => number, last: number) =>
      Float64Array.from({ length: size }, (_, q) =>
        q < keep.length * width ? of(keep[(q / width) | 0]) : last,
      )
    const penalty = given?.inCoordinates(
      each((c) => factors[c], 0),
      each((c) => (standardize ? 1 : scale[c]), 1),
    )
    const solver: Solver<ObjectiveQuery> & { penalty?: Penalty } = (options.solver ?? defaultSolver)(
      penalty,
      {
        tolerance: tolerance / 4,
        maxIterations,
        size,
        design: full,
        problem: states[k],
        lossSmoothness,
      },
    )
    const smooth = penalty && 'smooth' in penalty ? (penalty as SmoothPenalty) : undefined
    const carried = solver.penalty
    demand(
      carried === penalty || (!carried && smooth),
      caller,
      `a solver that takes the penalty ${given?.name}, like (penalty) => fista({ penalty })`,
      carried ? 'one for another' : 'one without',
    )
    // What is added to the data term, unless the solver sees to it.
    const added: SmoothTerm[] = gauge ? [gauge(penalty, size)] : []
    if (smooth && !carried) added.push(smooth)
    return { penalty, solver, added }
  })

  const starts = posed.map(({ width, start, settle }, k) => {
    if (!start) {
      const at = new Float64Array(full.columns * width)
      if (intercept) at.set(nullIntercepts(states[k], states[k].offset), keep.length * width)
      return at
    }
    const at = fromRawScale(caller, start, columns, width)
    settle?.(at, inside[k].penalty)
    return at
  })

  const separated: boolean[] = []
  return {
    starts,
    solvers: inside.map(({ solver }) => solver),
    penalty: { kind: given?.name ?? 'none', lambda: given?.lambda ?? 0, alpha: given?.alpha ?? null },
    standardize: given !== undefined && standardize,
    hash: moments.hash,
    oracle(queries, answers) {
      objective.oracle(queries, answers)
      queries.forEach((query, k) => {
        if (query) for (const term of inside[k].added) answers[k] += addPenalty(term, query)
      })
    },
    watch(k, { iteration, value, optimality, at }) {
      const { onStep } = options
      const asked = onStep?.({ iteration, value, optimality, ...toRawScale(at, columns, posed[k].width) }, k)
      separated[k] = !given && separates(states[k])
      return separated[k] ? 'stop' : asked
    },
    finish(outcomes) {
      const values = new Float64Array(posed.length)
      const ask = (queries: (ObjectiveQuery | null)[]) => {
        if (queries.some(Boolean)) objective.oracle(queries, values)
      }
      const ats = outcomes.map(({ at }) => at.slice())
      // η where the solver's last question was not about the point that it returned.
      ask(ats.map((at, k) => (at.every((v, q) => v === states[k].at[q]) ? null : { ask: 'value', at })))
      const queries = ats.map((at, k) => {
        const first = keep.length * posed[k].width
        if (given && intercept)
          nullIntercepts(states[k], states[k].eta).forEach((shift, m) => {
            at[first + m] += shift
          })
        posed[k].settle?.(at, inside[k].penalty)
        return { ask: 'gradient' as const, at, gradient: new Float64Array(at.length) }
      })
      ask(queries)
      return queries.map(({ at, gradient }, k) => {
        const { width, blocks } = posed[k]
        const { penalty } = inside[k]
        const dual =
          penalty && !columns.free ? dualValue(states[k], gradient, penalty, keep.length * width) : null
        const gradientNorm = penalty
          ? penalty.distance(at, gradient)
          : gradient.reduce((a, b) => Math.max(a, Math.abs(b)), 0)
        return {
          ...toRawScale(at, columns, width),
          aliased: columns.aliased.map((c) => terms[c]),
          record: {
            ...verdict(outcomes[k], separated[k], gradientNorm, tolerance),
            n: design.rows,
            weightSum: rawWeights.reduce((a, b) => a + b, 0),
            rank: full.columns,
            iterations: outcomes[k].iterations,
            passes: objective.passes + columns.passes,
            gradientNorm,
            dualityGap: penalty && dual !== null ? Math.max(0, values[k] + penalty.value(at) - dual) : null,
            logLikelihood: -blocks.value(wholeBlock(states[k], rawWeights)),
          },
        }
      })
    },
  }
}

function refuseNonFinite({ caller, design, terms }: Shared, deviation: Float64Array): void {
  const c = deviation.findIndex((d) => !(d < Infinity))
  if (c < 0) return
  const { row, column, value } = design.firstNonFinite() ?? { column: c }
  demand(
    false,
    caller,
    `finite numbers in X${value === undefined ? ', and squares' : ''}`,
    `${value ?? 'larger ones'}${row === undefined ? '' : ` in row ${row}`}, column ${column} (${terms[column]})`,
  )
}
