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

/**
 * A quadratic, one coordinate at a time: m(d) = ½ dᵀH d + cᵀd, H symmetric positive semidefinite, and where it stands, d.
 *
 * d (and what follows from it, such as H d or X d) belongs to the oracle and starts at 0; who walks keeps track of the moves.
 * Numbers that are not finite may come out, and are taken for what they are: nothing here throws.
 */
export interface Coordinates {
  /** How many coordinates d has: j = 0 … size − 1. */
  readonly size: number
  /** ∂m/∂dⱼ = cⱼ + (H d)ⱼ at the present d. */
  slope(j: number): number
  /** Hⱼⱼ ≥ 0, which no move changes. */
  curvature(j: number): number
  /** dⱼ ← dⱼ + by; from then on all slopes are those of the new d. */
  move(j: number, by: number): void
}

/**
 * f(at), ∇f(at) and a quadratic model of f there, filled in by the oracle: m(d) ≈ f(at + d) − f(at), at d = 0.
 *
 * - The coordinates of d are those of `at`, in its order and units, all of them: an intercept is a coordinate like any other (it is for
 *   the penalty to leave it alone), and so is a smooth penalty that was added to f: `slope(j)` is `gradient[j]` at first.
 * - H is ∇²f(at), for quadratic convergence, or any positive semidefinite bound of it (¼ XᵀSX for logistic regression): every step goes
 *   downhill as long as dᵀH d > 0 wherever f is curved.
 * - Solvers ask this at every trial point of a line search, and use the model of the last one only: what is costly and serves the
 *   model alone (a Gram matrix) is best made at the first `slope`.
 * - It is valid until the same solver's next question of any kind. A solver asks with one query object throughout a run, and leaves in
 *   `model` what was put there, so that the oracle can tell its own buffers and use them again; solvers that run together
 *   have a query object each, and so a model each.
 * - Both forms serve: with G = XᵀSX at hand, `slope` is O(1) and `move` O(p) (keep ∇f + G d); with the residual form, both are
 *   O(n) or O(nonzeros of column j) (keep X d).
 */
export interface ModelQuery {
  readonly ask: 'model'
  readonly at: Float64Array
  /** Out: p. */
  readonly gradient: Float64Array
  /** Out. */
  model?: Coordinates
}

/** Makes the model at the point that the oracle was asked about last, where f has this gradient. */
export type ModelMaker = (gradient: Float64Array) => Coordinates

/**
 * The dual of f(w) = Σᵢ φᵢ(xᵢᵀw) + ½ Σⱼ λⱼ wⱼ², where φᵢ has the row's weight, target and offset in it, φᵢ is convex and λⱼ > 0, n coordinates
 * αᵢ instead of p. With Λ = diag λ,
 *
 *     minimise over α   ½ αᵀQα + Σᵢ φᵢ*(−αᵢ),     Q = X Λ⁻¹ Xᵀ,     w(α) = Λ⁻¹ Xᵀα,     αᵢ = −φᵢ′(xᵢᵀw) at the optimum.
 *
 * As {@link Coordinates} it is the quadratic part alone: `size` is n, `slope(i)` = xᵢᵀw(α) (no offset), `curvature(i)` = Qᵢᵢ, `move(i, by)` adds
 * by · Λ⁻¹xᵢ to w(α). Slopes and moves cost O(p), or O(nonzeros of row i).
 */
export interface DualCoordinates extends Coordinates {
  /** α, where it stands: n, changed by `move`, `sweep` and `settle` alone. */
  readonly dual: Float64Array
  /**
   * argmin_z ½(z − v)² + step · φᵢ*(−z), O(1). It is z = v + step · η, where η is the root of step · η + φᵢ′(η) + v = 0, a rising function: no
   * conjugate is needed.
   */
  prox(i: number, v: number, step: number): number
  /** Writes w(α). */
  primal(out: Float64Array): void
  /**
   * For oracles that are quicker at many rows than at single ones: for each i of `order` in turn, αᵢ to the minimum of the dual along it, by
   * `slope`, `curvature`, `prox` and `move` or what comes to the same up to rounding. Returns Σ Qᵢᵢ (change of αᵢ)².
   */
  sweep?(order: Int32Array): number
  /**
   * Asked after each sweep over all rows: it may move α, and w(α) with it, to where sweeps are heading; and unpenalised coordinates are held from
   * now on where they are, as if the next question had been asked at w(α).
   */
  settle?(): void
}

/**
 * f(at), ∇f(at) and the dual of f, filled in by the oracle. A ridge penalty is part of f here, whoever added it.
 *
 * - Asked with `dual` undefined, it starts at αᵢ = −t φᵢ′(xᵢᵀat), with t = 1 where that is near the optimum; where the dual is better at a smaller
 *   t in (0, 1], that may be taken: from w = 0, −φ′ is often thousands of times what α becomes. Asked again with what it put there, it goes on from the α at which that
 *   stands: a solver asks with one query object throughout a run. It stays valid until the next question of this kind.
 * - An unpenalised coordinate j (λⱼ = 0: the intercept) has no such dual. For it the oracle puts ½ρⱼ(wⱼ − atⱼ)² into f, for the dual and not
 *   for the answer: then λⱼ = ρⱼ in Q, and w(α)ⱼ = atⱼ + (Xᵀα)ⱼ/ρⱼ, with the `at` of the last question or `settle`. As that comes nearer, the
 *   term vanishes (the proximal point method). ρⱼ is the oracle's to choose: Σᵢ xᵢⱼ² / (the mean of Qᵢᵢ + 1/φᵢ″ without it),
 *   for a column of ones n / (that mean), makes such a direction of α as curved as a single αᵢ is: then it can be held anew after each epoch
 *   (`settle`), and an intercept costs an epoch or two. With a ρ that is many times smaller no αᵢ can move alone, with one that is many times
 *   larger wⱼ goes slowly to where it belongs: both cost many times the epochs.
 */
export interface DualModelQuery {
  readonly ask: 'dual-model'
  readonly at: Float64Array
  /** Out: p. */
  readonly gradient: Float64Array
  /** Out. */
  dual?: DualCoordinates
}

export type Query =
  | ValueQuery
  | GradientQuery
  | CurvatureQuery
  | HessianQuery
  | SampleQuery
  | DualQuery
  | ModelQuery
  | DualModelQuery

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
