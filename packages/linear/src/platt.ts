// Platt's map from scores to probabilities: a logistic regression of the labels on the scores, with targets that leave room for doubt.
import { binaryCrossEntropyBlocks, sigmoid } from '@logodds/core'
import { minimize, newton } from '@logodds/optim'
import { checkedNumbers, demand } from './demand.ts'
import { strided } from './dense.ts'
import { encodeLabels } from './labels.ts'
import type { Label } from './model.ts'
import { problemOracle } from './objective.ts'

/** p = σ(slope · score + intercept). Plain data: it survives JSON. */
export interface PlattMap {
  readonly kind: 'platt'
  /** The class whose probability it gives. */
  readonly positive: Label
  /** Platt's −A: > 0 where larger scores speak for the positive class. */
  readonly slope: number
  /** Platt's −B. */
  readonly intercept: number
}

export interface PlattOptions {
  /** The class that large scores speak for. Default: the last of the sorted classes. */
  readonly positive?: Label | undefined
  /** n weights ≥ 0: counts. Default: 1. */
  readonly weights?: ArrayLike<number> | undefined
}

/**
 * Minimises Σ w [softplus(η) − tη], η = slope · score + intercept, with the targets t = (n₊ + 1)/(n₊ + 2) for the positive class and 1/(n₋ + 2) for the other,
 * n± being sums of weights: so there is an optimum even where the scores separate the classes. scikit-learn's CalibratedClassifierCV(method =
 * 'sigmoid'). Fit it on rows that the scores were not fitted on.
 *
 * @param truth n labels of two classes
 * @param scores n numbers of any scale: decision values, log-odds
 * @throws RangeError for arrays of different lengths, numbers that are not finite, or other than two classes with weight
 * @see Platt, Probabilistic outputs for support vector machines, in Advances in Large Margin Classifiers (1999), 61–74; Lin, Lin & Weng, Mach.
 *   Learn. 68 (2007), 267–276
 */
export function fitPlatt(
  truth: ArrayLike<Label>,
  scores: ArrayLike<number>,
  options: PlattOptions = {},
): PlattMap {
  const caller = 'fitPlatt'
  const n = truth.length
  const data = checkedNumbers(caller, 'scores', scores, n, -Infinity)
  const { classes, indices } = encodeLabels(caller, truth, n)
  demand(classes.length === 2, caller, 'two classes in truth', classes.length)
  const { positive = classes[1] } = options
  const k = classes.indexOf(positive)
  demand(k >= 0, caller, `positive to be one of ${JSON.stringify(classes)}`, JSON.stringify(positive))
  const raw = checkedNumbers(caller, 'weights', options.weights ?? new Float64Array(n).fill(1), n, 0)
  const mass = [0, 0]
  indices.forEach((index, i) => {
    mass[+(index === k)] += raw[i]
  })
  const [rest, own] = mass
  demand(rest > 0 && own > 0 && rest + own < Infinity, caller, 'weight on both classes', `${rest} and ${own}`)
  const weights = raw.map((w) => w / (rest + own))
  const y = indices.map((index) => (index === k ? (own + 1) / (own + 2) : 1 / (rest + 2)))

  // Scores in units of their standard deviation.
  const column = strided({ data, shape: [n, 1], stride: [1, 1], offset: 0 })
  const { mean, deviation } = column.moments(weights)
  demand(deviation[0] < Infinity, caller, 'scores whose squares are doubles', 'others')
  const scale = deviation[0] || 1
  const design = column.rescaled(mean, Float64Array.of(scale), Int32Array.of(0)).withIntercept()
  const { oracle } = problemOracle(design, { blocks: binaryCrossEntropyBlocks, width: 1, y, weights })
  const [a, b] = minimize(oracle, newton({ tolerance: 1e-14 }), [0, Math.log((own + 1) / (rest + 1))]).at
  const slope = deviation[0] ? a / scale : 0
  return { kind: 'platt', positive, slope, intercept: b - slope * mean[0] }
}

/**
 * Probabilities of `map.positive`: n.
 *
 * @throws RangeError for a score that is not finite
 */
export function applyPlatt({ slope, intercept }: PlattMap, scores: ArrayLike<number>): Float64Array {
  return checkedNumbers('applyPlatt', 'scores', scores, scores.length, -Infinity).map((score) =>
    sigmoid(slope * score + intercept),
  )
}
