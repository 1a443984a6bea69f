// Weights of the classes that a loss is made with.

/** A copy of them. @throws RangeError in the name of `loss` unless all are finite and ≥ 0, and one is not 0 */
export function checkedClassWeights(loss: string, weights: ArrayLike<number>): Float64Array {
  const copy = Float64Array.from(weights ?? [])
  const wrong = copy.findIndex((w) => !(w >= 0 && w < Infinity))
  if (wrong >= 0 || copy.length === 0) {
    throw new RangeError(`${loss}: expected a finite weight >= 0 for each class, got ${copy[wrong]}`)
  }
  if (!copy.some((w) => w > 0)) throw new RangeError(`${loss}: expected a weight > 0, got none`)
  return copy
}

/** w_y. @throws RangeError in the name of `loss` if η has not as many classes as there are weights, or y is none of them */
export function weightOf(loss: string, weights: Float64Array, y: number, K: number): number {
  if (K !== weights.length || !(y in weights)) {
    throw new RangeError(
      `${loss}: expected ${weights.length} classes (weights) and y one of them, got ${K} and ${y}`,
    )
  }
  return weights[y]
}
