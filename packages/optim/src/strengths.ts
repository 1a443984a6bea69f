// How strongly each coordinate is penalised: λ₁ⱼ for |wⱼ|, λ₂ⱼ for ½ wⱼ².
import { expect } from './limits.ts'

export interface Strengths {
  readonly name: string
  readonly lambda: number
  readonly alpha: number
  readonly weights: Float64Array | undefined
  /** λ₁ⱼ = λ α weightⱼ / scaleⱼ. */
  l1(j: number): number
  /** λ₂ⱼ = λ (1 − α) weightⱼ / scaleⱼ². */
  l2(j: number): number
  /** @throws RangeError unless `size` is the number of weights, if there are any. */
  check(size: number): void
  /** With other weights, for coordinates that are `scale` times as large. */
  inCoordinates(weights: Float64Array, scale: Float64Array): Strengths
}

/** @throws RangeError naming the penalty if a number is out of range. */
export function strengths(
  name: string,
  lambda: number,
  alpha: number,
  given: ArrayLike<number> | undefined,
  scale?: Float64Array,
): Strengths {
  const weights = given && Float64Array.from(given)
  expect(lambda >= 0 && lambda < Infinity, name, 'lambda >= 0', lambda)
  expect(alpha >= 0 && alpha <= 1, name, 'alpha from 0 to 1', alpha)
  weights?.forEach((weight, j) => {
    expect(weight >= 0 && weight < Infinity, name, `weights[${j}] >= 0`, weight)
  })
  scale?.forEach((factor, j) => {
    expect(factor > 0 && factor < Infinity, name, `scale[${j}] > 0`, factor)
  })
  const l1 = (j: number) => (lambda * alpha * (weights ? weights[j]! : 1)) / (scale ? scale[j]! : 1)
  const l2 = (j: number) =>
    (lambda * (1 - alpha) * (weights ? weights[j]! : 1)) / (scale ? scale[j]! ** 2 : 1)
  weights?.forEach((_, j) => {
    expect(l1(j) + l2(j) < Infinity, name, `a finite strength at weights[${j}]`, l1(j) + l2(j))
  })
  return {
    name,
    lambda,
    alpha,
    weights,
    l1,
    l2,
    check(size) {
      const own = weights?.length ?? size
      expect(size === own, name, `${own} coordinates (one per weight)`, size)
    },
    inCoordinates(others, factors) {
      expect(factors.length === others.length, name, `scale.length ${others.length}`, factors.length)
      return strengths(
        name,
        lambda,
        alpha,
        others,
        factors.map((factor, j) => factor * (scale ? scale[j]! : 1)),
      )
    },
  }
}
