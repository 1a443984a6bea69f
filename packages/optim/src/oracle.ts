// The language between solvers and oracles: a solver asks about a smooth function at a point, an oracle answers.
// Outputs are out-parameters: nothing of the size of the problem is allocated per iteration. Every new ability is a tag
// of its own, never an optional field, so that a solver which asks more than an oracle answers does not compile.

/** f(at)? */
export interface ValueQuery {
  readonly ask: 'value'
  readonly at: Float64Array
}

/** f(at) and ∇f(at), in one pass over the data. */
export interface GradientQuery {
  readonly ask: 'gradient'
  readonly at: Float64Array
  /** Out: p. */
  readonly gradient: Float64Array
}

/** ∇²f(at)·along. The answer is f(at) if it is at hand, NaN otherwise. The oracle caches by a copied `at`. */
export interface CurvatureQuery {
  readonly ask: 'curvature'
  readonly at: Float64Array
  readonly along: Float64Array
  /** Out: p. */
  readonly product: Float64Array
}

/** f(at), ∇f(at) and ∇²f(at), in one pass over the data. */
export interface HessianQuery {
  readonly ask: 'hessian'
  readonly at: Float64Array
  /** Out: p. */
  readonly gradient: Float64Array
  /** Out: p × p, row-major, both triangles. */
  readonly hessian: Float64Array
}

/** An unbiased estimate of f and ∇f from some rows. An oracle that answers it has `rows: number`. */
export interface SampleQuery {
  readonly ask: 'sample-gradient'
  readonly at: Float64Array
  readonly gradient: Float64Array
  /** Indices of rows, 0 … rows − 1. */
  readonly rows: Int32Array
}

/** What a duality gap needs of the data: Σ s·H(π) − c Σ u·o for the dual point at `at`, scaled by c. The penalty adds its conjugate. */
export interface DualQuery {
  readonly ask: 'dual'
  readonly at: Float64Array
  readonly scale: number
  /** ∇f(at), as answered before. */
  readonly gradient: Float64Array
}

/** A quadratic (or dual) model at a point, one coordinate at a time. */
export interface Coordinates {
  readonly size: number
  slope(j: number): number
  curvature(j: number): number
  move(j: number, by: number): void
}

/** f(at), ∇f(at) and the model at `at`, filled in by the oracle. */
export interface ModelQuery {
  readonly ask: 'model'
  readonly at: Float64Array
  readonly gradient: Float64Array
  model?: Coordinates
}

export type Query =
  | ValueQuery
  | GradientQuery
  | CurvatureQuery
  | HessianQuery
  | SampleQuery
  | DualQuery
  | ModelQuery

/** A report, not a question: where the solver stands after an iteration. `at` is the solver's own buffer: copy it to keep it. */
export interface Step {
  readonly ask: 'step'
  /** 0 for the start. */
  readonly iteration: number
  /** The objective at `at`, penalty included. */
  readonly value: number
  /** ∞-norm of the gradient, or of the distance to the subdifferential. */
  readonly optimality: number
  readonly at: Float64Array
}

export type Status =
  | 'converged'
  | 'iteration-limit'
  | 'time-limit'
  | 'line-search-failed'
  | 'non-finite'
  | 'stopped'

/** How a solve ended, and where. */
export interface Outcome {
  readonly status: Status
  /** One sentence: what stopped it, and what to do about it. */
  readonly message: string
  readonly at: Float64Array
  /** The objective at `at`, penalty included. */
  readonly value: number
  readonly iterations: number
  /** Questions asked of the oracle. */
  readonly queries: number
  /** ∞-norm of the gradient, or of the distance to the subdifferential, at `at`. */
  readonly optimality: number
}

/** What a solver returns when it ends; the driver counts the queries. */
export type Ending = Omit<Outcome, 'queries'>

/** A solver is started at a point and then asks; the answer to a query is the value f, the answer to a step is ignored. */
export type Solver<Q extends Query> = (start: Float64Array) => Generator<Q | Step, Ending, number>

/** Answers queries about one function: fills their out-parameters and returns f(at). */
export type Oracle<Q extends Query> = (query: Q) => number

/** As {@link Oracle}, from a worker, a server or a database. */
export type AsyncOracle<Q extends Query> = (query: Q) => number | Promise<number>

/**
 * Answers the pending queries of several solvers in one pass over what they share. `queries[k]` is solver k's question or
 * null when it asks none; the value goes to `answers[k]`.
 */
export type ManyOracle<Q extends Query> = (queries: ReadonlyArray<Q | null>, answers: Float64Array) => void
