// What a penalty is: near and cheap, so it is no query. A solver that needs one takes it; a smooth one is added to the oracle.
import type { Limits } from './limits.ts'
import type { GradientQuery, HessianQuery, ModelMaker, Query, Solver, ValueQuery } from './oracle.ts'

/**
 * P(w) ≥ 0, convex unless it says otherwise, with P(0) = 0 unless it is a constraint, which is 0 inside and Infinity outside. Arrays have
 * one entry per coordinate.
 */
export interface Penalty {
  /** 'l1', 'l2', 'elastic-net', … */
  readonly name: string
  readonly lambda: number
  /** The share of ℓ1 in an elastic net; null where it has no meaning. */
  readonly alpha: number | null
  /** Per-coordinate factors (0 = unpenalised), as given; undefined means 1 everywhere. */
  readonly weights: Float64Array | undefined
  /** P(w). */
  value(w: Float64Array): number
  /** prox: argmin_w ½‖w − v‖² + step·P(w), into `out`, which may be `v`. */
  prox(v: Float64Array, step: number, out: Float64Array): void
  /**
   * The coordinates that P couples, block by block: P is a sum over blocks, and each coordinate is in one of them. Undefined where
   * P is a sum over coordinates: block j is coordinate j.
   */
  readonly blocks?: readonly (readonly number[])[] | undefined
  /** The prox of one block alone: reads and writes the entries of that block in `v`, no others. */
  proxBlock(block: number, v: Float64Array, step: number): void
  /** ∞-norm of the distance from −gradient to the subdifferential ∂P(w): 0 at an optimum of f + P. */
  distance(w: Float64Array, gradient: Float64Array): number
  /** The largest c in [0, 1] with P*(c·u) finite; 1 where u = 0. */
  dualScale(u: Float64Array): number
  /** The convex conjugate P*(scale·u) = sup_w (scale·uᵀw − P(w)), +Infinity outside its domain. */
  conjugate(u: Float64Array, scale: number): number
  /** `prox` takes steps below this; undefined where P is convex and every step serves. */
  readonly stepLimit?: number | undefined
  /**
   * The same penalty of w, seen by someone who optimises over v = scale ∘ w, with `weights` in place of its own: Σⱼ weightⱼ Pⱼ(vⱼ / scaleⱼ).
   *
   * `columns[q]` says which of the penalty's own coordinates the new coordinate q stands for, where they have something of their own (a
   * group, bounds): the K coefficients of a feature share its number. Any other number (−1 for an intercept) stands for none, and its weight
   * must be 0. Default: q itself.
   */
  inCoordinates(weights: Float64Array, scale: Float64Array, columns?: ArrayLike<number>): Penalty
  /** The solver that suits a penalty without a gradient, for those who are not told another; none for a smooth one. */
  solver?(limits: Limits): ProximalSolver<ValueQuery | GradientQuery>
  /** As `solver`, for convex functions: of few coordinates by their Hessians, or of many by what `modelOf` makes of each gradient. */
  newton?(limits: Limits, modelOf?: ModelMaker): ProximalSolver<GradientQuery | HessianQuery>
}

/** A function with a gradient and a Hessian that can be added to an oracle's answers. */
export interface SmoothTerm {
  value(w: Float64Array): number
  /** Adds the gradient at w to `gradient`. */
  addGradient(w: Float64Array, gradient: Float64Array): void
  /** Adds (Hessian)·along to `product`. */
  addCurvature(along: Float64Array, product: Float64Array): void
  /** Adds the Hessian to `hessian` (p × p, row-major). */
  addHessian(hessian: Float64Array): void
}

/** A penalty with a gradient and a (diagonal) Hessian: it can be added to the oracle, and any solver serves. */
export interface SmoothPenalty extends Penalty, SmoothTerm {
  readonly smooth: true
  /** Largest eigenvalue of ∇²P. */
  readonly smoothness: number
  inCoordinates(weights: Float64Array, scale: Float64Array, columns?: ArrayLike<number>): SmoothPenalty
}

/** λ₁ⱼ |wⱼ| + ½ λ₂ⱼ wⱼ² summed over coordinates: a kink at zero, and smooth besides. */
export interface KinkedPenalty extends Penalty {
  readonly strengths: {
    /** λ₁ⱼ. */
    l1(j: number): number
    /** λ₂ⱼ. */
    l2(j: number): number
  }
  inCoordinates(weights: Float64Array, scale: Float64Array, columns?: ArrayLike<number>): KinkedPenalty
}

/** 0 in a closed convex set, Infinity outside: `prox` is the projection onto it. */
export interface Constraint extends Penalty {
  readonly constraint: true
  inCoordinates(weights: Float64Array, scale: Float64Array, columns?: ArrayLike<number>): Constraint
}

/** A solver that minimises f + P, P being the penalty that it carries, if any. */
export type ProximalSolver<Q extends Query> = Solver<Q> & { readonly penalty: Penalty | undefined }
