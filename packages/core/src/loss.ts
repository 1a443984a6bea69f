// What a loss is: a function of the raw input (logit, margin, linear predictor) η and the target y. It never sees X.
// Pointwise for learning and for boosting; in blocks of rows for fitting.

/**
 * A run of rows on their way through an objective: the linear predictor comes in, residuals and curvature go out.
 * The arrays belong to the caller and are reused from block to block, so a loss allocates nothing and keeps nothing.
 */
export interface Block {
  /** Number of rows in this block. */
  rows: number
  /** Index in `targets` and `weights` of the block's first row; `eta`, `residual` and `curvature` start at 0. */
  first: number
  /** K, the number of columns of η: 1 for a scalar loss, the number of classes for a categorical one. */
  width: number
  /** η, rows × K, row-major. */
  eta: Float64Array
  /**
   * y of all n rows: 0/1 or a soft target for a binary loss, the class index for a categorical one; n × K, row-major, for a
   * vector loss whose target is a vector.
   */
  targets: Float64Array
  /** s of all n rows: what each row's loss is multiplied with. */
  weights: Float64Array
  /** Out: sᵢ ∂ℓ/∂ηᵢ, rows × K. */
  residual: Float64Array
  /** Out: sᵢ ∂²ℓ/∂ηᵢ∂ηᵢᵀ, rows × K × K, each row's matrix whole (both triangles). */
  curvature: Float64Array
}

/** A loss on a block of rows. Each function returns Σ sᵢ ℓ(ηᵢ, yᵢ) over the block's rows. */
export interface BlockLoss {
  value(block: Block): number
  /** Also fills `residual`. */
  gradient(block: Block): number
  /** Also fills `residual` and `curvature`. */
  hessian(block: Block): number
  /**
   * Σ sᵢ ℓ*(c gᵢ, yᵢ), where gᵢ = ∂ℓ/∂ηᵢ at the block's η and ℓ*(·, y) is the convex conjugate of ℓ(·, y);
   * what a duality gap is made of. May use `residual` as scratch. Absent where no closed form is known.
   */
  conjugate?(block: Block, scale: number): number
}

/** A loss of one raw input: logistic, squared, hinge, … */
export interface ScalarLoss {
  readonly name: string
  /** ℓ(η, y). */
  value(eta: number, y: number): number
  /** ∂ℓ/∂η. */
  gradient(eta: number, y: number): number
  /** ∂²ℓ/∂η². */
  hessian(eta: number, y: number): number
  /** An upper bound of ∂²ℓ/∂η², Infinity if there is none. */
  readonly smoothness: number
  /** ℓ*(u, y) = sup_η (u η − ℓ(η, y)), +Infinity outside its domain. */
  conjugate?(u: number, y: number): number
  /** The block form, where it can be faster than the pointwise one; `blockForm` makes one from the pointwise form otherwise. */
  readonly blocks?: BlockLoss
}

/**
 * A loss of a vector of K raw inputs: softmax cross-entropy and its kin. `Target` is a class index 0 … K − 1 (or another number), or a vector of
 * K numbers (a distribution over classes, or one 0/1 for each label).
 */
export interface VectorLoss<Target extends number | ArrayLike<number> = number> {
  readonly name: string
  /** What y is: a number (a class index, mostly), or a vector of K numbers. It also tells a vector loss from a scalar one. */
  readonly target: Target extends number ? 'number' : 'vector'
  /** ℓ(η, y). η: K raw inputs. */
  value(eta: ArrayLike<number>, y: Target): number
  /** ∂ℓ/∂η into `out` (K; not η itself). Returns `out`. */
  gradient(eta: ArrayLike<number>, y: Target, out?: Float64Array): Float64Array
  /** ∂²ℓ/∂η∂ηᵀ into `out` (K × K, row-major). Returns `out`. */
  hessian(eta: ArrayLike<number>, y: Target, out?: Float64Array): Float64Array
  /** An upper bound of the largest eigenvalue of the Hessian in η. */
  readonly smoothness: number
  /** ℓ*(u, y) = sup_η (uᵀη − ℓ(η, y)), +Infinity outside its domain. u: K numbers. */
  conjugate?(u: ArrayLike<number>, y: Target): number
  /** The block form, where it can be faster than the pointwise one; `blockForm` makes one from the pointwise form otherwise. */
  readonly blocks?: BlockLoss
}

export type Loss = ScalarLoss | VectorLoss | VectorLoss<ArrayLike<number>>

/** The targets that a loss is defined for. */
export interface Targets<Target extends number | ArrayLike<number> = number> {
  /** In words, as an error says it: '−1 or +1'. */
  readonly what: string
  /** @param width - K, for a vector loss */
  holds(y: Target, width?: number): boolean
}

/**
 * From η to what is predicted: the mean is η ('identity'), σ(η) ('logit'; of each label, where there are several), σ(2η)
 * ('half-logit'), (1 + η)/2 with η clipped to [−1, 1] ('clipped'), e^η ('log'), softmax(η) ('softmax'); 'sign' where only the
 * sign of η means something.
 */
export type Link = 'identity' | 'logit' | 'half-logit' | 'clipped' | 'log' | 'softmax' | 'sign'

/**
 * What a loss of this package says of itself as a function of η, beside its value and derivatives; all of it is tested. Of a
 * vector loss: |·| is the Euclidean norm, the likelier class the one with the largest η.
 */
export interface Declared<Target extends number | ArrayLike<number> = number> {
  readonly targets: Targets<Target>
  readonly link: Link
  /** Where η may be; the rest holds there. Default: any number. */
  readonly domain?: readonly [from: number, to: number]
  /** In η, for every target. */
  readonly convex: boolean
  /** k of Cᵏ in η: Infinity if all derivatives exist, 0 if the slope jumps, −1 if the value does. */
  readonly differentiability: number
  /** sup |∂ℓ/∂η|: how hard one outlier can pull. Infinity: without bound, not robust. */
  readonly lipschitz: number
  /**
   * Classification-calibrated: what minimises the expected loss has the sign of the likelier class (Bartlett, Jordan & McAuliffe,
   * J. Am. Stat. Assoc. 101 (2006), 138–156); where η is a probability, it is on that side of ½. null where the target is no class.
   */
  readonly calibrated: boolean | null
}

/** A scalar loss as this package has them. */
export type DeclaredLoss = ScalarLoss & Declared

/** One whose convex conjugate has a closed form, so that a fit has a duality gap. */
export type ConjugateLoss = DeclaredLoss & Required<Pick<ScalarLoss, 'conjugate'>>

/** One that has a value and no derivatives: for measuring, not for fitting. */
export type MeasuredLoss = Pick<ScalarLoss, 'name' | 'value'> & Declared

/** A vector loss as this package has them. */
export type DeclaredVectorLoss<Target extends number | ArrayLike<number> = number> = VectorLoss<Target> &
  Declared<Target>

/** A vector loss whose convex conjugate has a closed form, so that a fit has a duality gap. */
export type ConjugateVectorLoss<Target extends number | ArrayLike<number> = number> =
  DeclaredVectorLoss<Target> & Required<Pick<VectorLoss<Target>, 'conjugate'>>
