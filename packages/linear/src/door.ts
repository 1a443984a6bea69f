// The checks that every fit makes of its arguments before any work, and what they give: a design, weights, names.
import type { ClassWeights } from './class-weights.ts'
import { classFactors } from './class-weights.ts'
import { strided } from './dense.ts'
import type { FitOptions } from './fit-options.ts'
import type { Shared } from './fitting.ts'
import { type EncodedLabels, encodeLabels } from './labels.ts'
import { asMatrix, type MatrixLike } from './matrix.ts'
import type { Label } from './model.ts'

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
 * @throws TypeError or RangeError that names the caller, what was expected and what came.
 */
export function admit(
  caller: string,
  X: MatrixLike,
  y: ArrayLike<Label>,
  options: ClassifierOptions,
): Admitted {
  const matrix = asMatrix(caller, X)
  const [n, p] = matrix.shape
  if (n === 0) throw new RangeError(`${caller}: expected at least one row in X, got none`)
  const labels = encodeLabels(caller, y, n)
  const rawWeights = sampleWeights(caller, options.weights, n)
  const factors = classFactors(caller, options.classWeights, labels, rawWeights)
  const weights = rawWeights.map((w, i) => w * factors[labels.indices[i]])
  const sum = weights.reduce((a, b) => a + b, 0)
  const terms = options.terms ?? Array.from({ length: p }, (_, j) => `x${j}`)
  if (terms.length !== p)
    throw new RangeError(`${caller}: expected ${p} terms (columns of X), got ${terms.length}`)
  const { tolerance, maxIterations } = options
  if (tolerance !== undefined && !(tolerance > 0 && tolerance < Infinity))
    throw new RangeError(`${caller}: expected a tolerance > 0, got ${tolerance}`)
  if (maxIterations !== undefined && !(maxIterations >= 0 && Number.isInteger(maxIterations)))
    throw new RangeError(`${caller}: expected maxIterations to be an integer ≥ 0, got ${maxIterations}`)
  const design = strided(matrix)
  return {
    shared: { caller, design, terms, rawWeights, weights: weights.map((w) => w / sum), options },
    labels,
  }
}

function sampleWeights(caller: string, weights: ArrayLike<number> | undefined, n: number): Float64Array {
  if (!weights) return new Float64Array(n).fill(1)
  if (weights.length !== n)
    throw new RangeError(`${caller}: expected weights.length ${n} (rows of X), got ${weights.length}`)
  return Float64Array.from(weights, (w, i) => {
    if (typeof w !== 'number' || !(w >= 0 && w < Infinity))
      throw new RangeError(`${caller}: expected finite weights ≥ 0, got ${w} at index ${i}`)
    return w
  })
}

/** A checked copy of the offset: n × K numbers, row-major. */
export function checkOffset(
  caller: string,
  offset: ArrayLike<number> | undefined,
  rows: number,
  width: number,
): Float64Array | undefined {
  if (!offset) return undefined
  if (offset.length !== rows * width)
    throw new RangeError(
      `${caller}: expected offset.length ${rows * width} (rows of X${width > 1 ? ` × ${width} classes` : ''}), got ${offset.length}`,
    )
  return Float64Array.from(offset, (o, i) => {
    if (!Number.isFinite(o))
      throw new RangeError(`${caller}: expected a finite offset, got ${o} at index ${i}`)
    return o
  })
}
