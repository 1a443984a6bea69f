// A loss as the custom objective of a boosting library: raw margins in, the first and second derivative of each row out.
import type { Loss, Targets, VectorLoss } from './loss.ts'

export interface GradientHessianOptions {
  /** K; needed where a row's label is a vector of K numbers, told from the lengths otherwise. */
  readonly width?: number
  /**
   * How n × K margins and results lie, for a vector loss: 'row' (row i's K margins together, as XGBoost passes them)
   * or 'column' (class k's n margins together, as LightGBM does). Default 'row'.
   */
  readonly layout?: 'row' | 'column'
  /**
   * What stands for a row's K × K Hessian, whose diagonal is p(1 − p) for a softmax: 'exact' the diagonal itself;
   * 'doubled' twice that, an upper bound of the whole matrix, as in XGBoost; 'rescaled' K/(K − 1) of it, as in
   * LightGBM. Default 'exact'.
   */
  readonly diagonal?: 'exact' | 'doubled' | 'rescaled'
}

export interface GradientHessian {
  /** wᵢ ∂ℓ/∂ηᵢ, as long as the margins and in their layout. */
  readonly gradient: Float64Array
  /** wᵢ ∂²ℓ/∂ηᵢ², the same. */
  readonly hessian: Float64Array
}

/** What a boosting library calls in each round. */
export type BoostingObjective = (
  margins: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number> | null,
) => GradientHessian

/**
 * The custom objective of a loss: a function of the raw margins η, the labels and (optionally) the weights of all
 * rows, which gives the derivatives of wᵢ ℓ(ηᵢ, yᵢ).
 *
 * A scalar loss takes n margins and n labels; one of K classes n × K margins and n class indices; one whose label is
 * a vector n × K of both, the labels row by row in either layout. Rows of weight 0 get 0. A loss that is not convex
 * has negative second derivatives, which the libraries do not expect. One made of straight pieces (absolute, quantile, hinge, …) has
 * none but 0, of which their defaults grow no trees: put 1 in their place, as the libraries' own objectives do.
 *
 * J. H. Friedman, "Greedy function approximation: a gradient boosting machine", Ann. Stat. 29 (2001), 1189–1232, §4.6
 * (K/(K − 1)); T. Chen, C. Guestrin, "XGBoost: a scalable tree boosting system", KDD 2016, §2.2.
 *
 * @throws TypeError if the loss has no derivatives (or is still the function that makes one). RangeError, from the objective, if the lengths do not fit, a margin is not finite, a weight not a finite
 *   number ≥ 0, or a label none of the loss's targets
 */
export function gradientHessian(
  loss: Loss & { readonly targets?: Targets | Targets<ArrayLike<number>> },
  options: GradientHessianOptions = {},
): BoostingObjective {
  demand(loss.hessian, 'a loss with a hessian', loss.name, TypeError)
  const { layout = 'row', diagonal = 'exact', width } = options
  demand(layout === 'row' || layout === 'column', "layout 'row' or 'column'", layout)
  demand(
    ['exact', 'doubled', 'rescaled'].includes(diagonal),
    "diagonal 'exact', 'doubled' or 'rescaled'",
    diagonal,
  )
  const kind = 'target' in loss ? loss.target : 'scalar'
  demand(
    kind !== 'vector' || (Number.isInteger(width) && width! > 0),
    `width, the length of a label of ${loss.name}`,
    width,
  )
  const targets = loss.targets as Targets<number | ArrayLike<number>> | undefined
  const holds = (y: number | ArrayLike<number>, K: number) =>
    targets ? targets.holds(y, K) : typeof y !== 'number' || !Number.isNaN(y)
  return (margins, labels, weights) => {
    const perLabel = kind === 'vector' ? width! : 1
    const n = labels.length / perLabel
    const K = kind === 'number' ? margins.length / n : perLabel
    demand(Number.isInteger(n) && n > 0, `labels.length a multiple of ${perLabel}`, labels.length)
    demand(
      Number.isInteger(K) && (width === undefined || K === width),
      `${n} rows of ${width ?? 'K'} margins`,
      margins.length,
    )
    demand(margins.length === n * K, `margins.length ${n * K} (of ${n} labels)`, margins.length)
    demand(!weights || weights.length === n, `weights.length ${n} (of labels)`, weights?.length)
    const out = { gradient: new Float64Array(n * K), hessian: new Float64Array(n * K) }
    const row = rowDerivatives(loss, K)
    const factor = diagonal === 'doubled' ? 2 : diagonal === 'rescaled' ? K / (K - 1) : 1
    demand(factor < Infinity, 'at least 2 margins a row to rescale', K)
    const z = new Float64Array(K)
    const y = new Float64Array(perLabel)
    const label = (i: number) => {
      for (let k = 0; k < perLabel; k++) y[k] = labels[i * perLabel + k]
      return kind === 'vector' ? y : y[0]
    }
    // Where row i's margin k is.
    const [down, across] = layout === 'row' ? [K, 1] : [1, n]
    for (let i = 0; i < n; i++) {
      const s = weights?.[i] ?? 1
      if (!(s >= 0 && s < Infinity)) demand(false, 'finite weights >= 0', `${s} in row ${i}`)
      for (let k = 0; k < K; k++) {
        z[k] = margins[i * down + k * across]
        if (!Number.isFinite(z[k])) demand(false, 'finite margins', `${z[k]} in row ${i}`)
      }
      const of = label(i)
      if (!holds(of, K)) demand(false, `labels ${loss.targets?.what ?? 'not NaN'}`, `${y} in row ${i}`)
      if (s === 0) continue
      row(z, of)
      for (let k = 0; k < K; k++) {
        out.gradient[i * down + k * across] = s * row.gradient[k]
        out.hessian[i * down + k * across] = s * factor * row.hessian[k * (K + 1)]
      }
    }
    return out
  }
}

/** Fills a gradient and a K × K Hessian, which are used again, with those of a row. */
function rowDerivatives(loss: Loss, K: number) {
  const gradient = new Float64Array(K)
  const hessian = new Float64Array(K * K)
  const fill = (z: Float64Array, y: number | ArrayLike<number>): void => {
    if ('target' in loss) {
      const of = loss as VectorLoss<number | ArrayLike<number>>
      of.gradient(z, y, gradient)
      of.hessian(z, y, hessian)
    } else {
      gradient[0] = loss.gradient(z[0], y as number)
      hessian[0] = loss.hessian(z[0], y as number)
    }
  }
  return Object.assign(fill, { gradient, hessian })
}

function demand(holds: unknown, expected: string, got: unknown, Wrong: ErrorConstructor = RangeError): void {
  if (!holds) throw new Wrong(`gradientHessian: expected ${expected}, got ${got}`)
}
