// The checks that every fit makes of its arguments before any work, and what they give: a design, weights, names.
import { type ClassWeights, classFactors } from './class-weights.ts'
import { checkedNumbers, demand } from './demand.ts'
import { strided } from './dense.ts'
import type { Design } from './design.ts'
import type { FitOptions } from './fit-options.ts'
import { type EncodedLabels, encodeLabels } from './labels.ts'
import { asMatrix, type MatrixLike } from './matrix.ts'
import type { Label } from './model.ts'
import type { Shared } from './survey.ts'

/** Options of fits whose targets are class labels. */
export interface ClassifierOptions extends FitOptions {
  /** Multiplies the weights of each class's rows in the objective, but not in the likelihood. Default: 1. */
  classWeights?: ClassWeights | undefined
}

/** What a fit of class labels knows once its arguments are checked. */
export interface Admitted {
  readonly shared: Shared
  readonly labels: EncodedLabels
}

/**
 * Checks X, labels and the options that all classifiers share.
 *
 * @throws RangeError that names the caller, what was expected and what came.
 */
export function admit(
  caller: string,
  X: MatrixLike | Design,
  y: ArrayLike<Label>,
  options: ClassifierOptions,
): Admitted {
  let labels!: EncodedLabels
  const shared = enter(caller, X, options, (n, weights) => {
    labels = encodeLabels(caller, y, n)
    const factors = classFactors(caller, options.classWeights, labels, weights)
    return factors.some((factor) => factor !== 1)
      ? labels.indices.map((k, i) => (weights?.[i] ?? 1) * factors[k])
      : weights
  })
  return { shared, labels }
}

/**
 * Checks X and the options that all fits share.
 *
 * @param weigh checks the targets, one for each of n rows, and makes the weights of the rows from the raw ones; undefined: all are 1
 * @throws as {@link admit}
 */
export function enter(
  caller: string,
  X: MatrixLike | Design,
  options: FitOptions,
  weigh: (n: number, rawWeights: Float64Array | undefined) => Float64Array | undefined,
): Shared {
  const { tolerance = 1, maxIterations = 0, terms: names } = options
  // A design has seen to its numbers itself.
  const design = (X as Design)?.reader ? (X as Design) : strided(asMatrix(caller, X as MatrixLike, names))
  const { rows: n, columns: p } = design
  demand(n, caller, 'at least one row in X', 'none')
  const own = options.weights && checkedNumbers(caller, 'weights', options.weights, n, 0)
  const given = weigh(n, own)
  const sumOf = (all: Float64Array | undefined) => all?.reduce((a, b) => a + b) ?? n
  const sum = sumOf(given)
  const weights = given?.map((weight) => weight / sum) ?? new Float64Array(n).fill(1 / n)
  demand(sum < Infinity, caller, 'weights with a finite sum', sum)
  const terms = names ?? Array.from({ length: p }, (_, j) => `x${j}`)
  demand(terms.length === p, caller, `${p} terms (columns of X)`, terms.length)
  demand(tolerance > 0 && tolerance < Infinity, caller, 'tolerance > 0', tolerance)
  demand(maxIterations >= 0 && maxIterations % 1 === 0, caller, 'maxIterations a whole number', maxIterations)
  return {
    caller,
    design,
    terms,
    rawWeights: own,
    weightSum: sumOf(own),
    raw: given === own,
    weights,
    options,
  }
}

/** A checked copy of the offset: n × K numbers, row-major. */
export const checkOffset = (
  caller: string,
  offset: ArrayLike<number> | undefined,
  rows: number,
  width: number,
) => offset && checkedNumbers(caller, 'offset', offset, rows * width, -Infinity)
