// One problem, from a survey of the columns to a solved and certified fit. Inside, columns are centred and have standard deviation 1;
// reports are on the scale of X.
import {
  addPenalty,
  type Outcome,
  type Penalty,
  type SmoothPenalty,
  type SmoothTerm,
  type Solver,
  type Step,
} from '@logodds/optim'
import { dualValue, nullIntercepts, separates, wholeBlock } from './certificate.ts'
import { fromRawScale, type StartingPoint, toRawScale } from './columns.ts'
import { defaultSolver } from './default-solver.ts'
import { demand } from './demand.ts'
import type { Method } from './fit-options.ts'
import type { FitRecord } from './model.ts'
import { problemOracle } from './objective.ts'
import type { ObjectiveQuery, Problem, ProblemOracle } from './problem.ts'
import type { Survey } from './survey.ts'
import { verdict } from './verdict.ts'

/** A problem as a fit poses it; everything has been checked. */
export interface Posed extends Omit<Problem, 'weights'> {
  /** See {@link ScalarLoss.smoothness} of `@logodds/core`. */
  readonly lossSmoothness: number
  /** Without one, y has to hold indices of classes. */
  readonly start?: StartingPoint | undefined
  /** How many rows each class has, where that is known. */
  readonly counts?: readonly number[] | undefined
  /** A term that is zero at the representative that is reported, for directions that the loss does not see. */
  gauge?(penalty: Penalty | undefined, size: number): SmoothTerm
  /** Moves a solution to that representative, in standardised coordinates; changes it. */
  settle?(at: Float64Array, penalty: Penalty | undefined): void
  /** Whether η separates the classes completely; default: as for a y of 0 and 1. */
  separates?(problem: Problem, eta: Float64Array): boolean
}

/** A problem solved: what goes into the model. */
export interface Solved {
  readonly coefficients: number[][]
  readonly intercepts: number[]
  readonly aliased: string[]
  readonly record: Omit<FitRecord, 'dataHash'>
}

/** A problem that is ready to be solved by any driver of optim, and then to be certified. */
export interface Fit {
  /** The data term. */
  readonly data: ProblemOracle
  /** Adds what the solver sees besides the data term to an answer, whose value was the data term's; returns the value of both. */
  add(query: ObjectiveQuery, value: number): number
  readonly solver: Solver<ObjectiveQuery> & Method
  readonly start: Float64Array
  /** To be called with every step; says when to stop. */
  watch(step: Step, k: number): unknown
  /** Asks the data term for what the certificate needs, and returns the result. */
  finish(outcome: Outcome): Generator<ObjectiveQuery, Solved, number>
}

/** Makes oracle, solver and start of a problem. */
export function pose(survey: Survey, posed: Posed): Fit {
  const { caller, options, terms, weights, rawWeights, weightSum, columns, inner, penalty: given } = survey
  const { tolerance = 1e-8, maxIterations, intercept = true, onStep } = options
  const { keep, factors, scale } = columns
  const { width: K, lossSmoothness, start, y, counts } = posed
  const problem = { ...posed, weights }
  const data = problemOracle(inner, problem)
  const size = inner.columns * K

  // Coordinate q belongs to column keep[q / K] of X; the last K are intercepts, which no penalty touches.
  const last = keep.length * K
  const each = (of: ArrayLike<number>, ofIntercepts: number) =>
    Float64Array.from({ length: size }, (_, q) => of[keep[(q / K) | 0]] ?? ofIntercepts)
  const penalty = given?.inCoordinates(
    each(factors, 0),
    each(survey.standardize ? [] : scale, 1),
    each([...terms.keys()], -1),
  )
  const solver: Solver<ObjectiveQuery> & { penalty?: Penalty } & Method = (options.solver ?? defaultSolver)(
    penalty,
    {
      tolerance: tolerance / 4,
      maxIterations,
      size,
      design: inner,
      problem,
      data,
      lossSmoothness,
    },
  )
  const added: SmoothTerm[] = posed.gauge ? [posed.gauge(penalty, size)] : []
  if (solver.penalty !== penalty) {
    demand(
      !solver.penalty && 'smooth' in penalty!,
      caller,
      `a solver that takes the penalty ${given?.name}, like (penalty) => fista({ penalty })`,
      solver.penalty ? 'one for another' : 'one without',
    )
    added.push(penalty as SmoothPenalty)
  }

  const origin = new Float64Array(size)
  const nothingElse = (those: Partial<Problem>, guess: Float64Array) =>
    nullIntercepts({ ...problem, ...those }, posed.gauge?.(undefined, K), guess)
  if (start) {
    fromRawScale(start, columns, origin, K)
    posed.settle?.(origin, penalty)
  } else if (intercept) {
    const guess = new Float64Array(K)
    // A constant offset is made up for; far from it the loss is a straight line, along which Newton finds no way.
    posed.offset?.forEach((o, i) => {
      guess[i % K] -= weights[(i / K) | 0] * o
    })
    // Without an offset, all rows of a class are alike.
    const classes = Float64Array.from({ length: K === 1 ? 2 : K }, (_, k) => k)
    const known = survey.raw && !rawWeights && counts
    const mass = classes.map((k) => (known ? known[k] / weights.length : 0))
    if (!known)
      weights.forEach((s, i) => {
        mass[y[i]] += s
      })
    origin.set(nothingElse(posed.offset ? {} : { y: classes, weights: mass }, guess), last)
  }

  let separated = false
  // The last gradient of the data term, its value, and where it was.
  const slope = new Float64Array(size)
  let height = 0
  const there = slope.map(() => Number.NaN)
  const isAt = (at: Float64Array, other: Float64Array) => at.every((v, q) => v === other[q])
  return {
    data,
    add(query, value) {
      if (query.ask === 'gradient' || query.ask === 'hessian') {
        slope.set(query.gradient)
        there.set(query.at)
        height = value
      }
      return added.reduce((sum, term) => sum + addPenalty(term, query), value)
    },
    solver,
    start: origin,
    watch({ iteration, value, optimality, at }, k) {
      const asked = onStep?.({ iteration, value, optimality, ...toRawScale(at, columns, K) }, k)
      separated = !given && (posed.separates ?? separates)(problem, data.eta)
      return separated ? 'stop' : asked
    },
    *finish(outcome) {
      const at = outcome.at.slice()
      if (penalty && intercept) {
        // η, where the solver's last question was not about the point that it returned.
        if (!isAt(at, data.at)) yield { ask: 'value', at }
        const shift = data.balance?.() ?? nothingElse({ offset: data.eta }, new Float64Array(K))
        for (let k = 0; k < K; k++) at[last + k] += shift[k]
      }
      posed.settle?.(at, penalty)
      // Nothing is asked twice.
      const known = isAt(at, there) && isAt(at, data.at)
      const value = known ? height : yield { ask: 'gradient', at, gradient: slope }
      const gradientNorm = penalty?.distance(at, slope) ?? slope.reduce((a, b) => Math.max(a, Math.abs(b)), 0)
      const dual =
        penalty && keep.every((c) => factors[c])
          ? dualValue(problem, data, at, value, lossSmoothness < Infinity, slope, penalty, last)
          : null
      return {
        ...toRawScale(at, columns, K),
        aliased: Array.from(columns.aliased, (c) => terms[c]),
        record: {
          ...verdict(outcome, separated, gradientNorm, tolerance, solver.method),
          n: problem.y.length,
          weightSum,
          rank: inner.columns,
          iterations: outcome.iterations,
          passes: data.passes + columns.passes,
          gradientNorm,
          dualityGap: dual === null ? dual : Math.max(0, value + penalty!.value(at) - Math.max(0, dual)),
          logLikelihood: survey.raw
            ? -value * weightSum
            : -problem.blocks.value(wholeBlock(problem, data.eta, rawWeights ?? weights.map(() => 1))),
        },
      }
    },
  }
}
