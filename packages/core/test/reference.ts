// The 50-digit reference (see fixtures/reference.py), and how near a result must be to it.
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

interface Reference {
  sigmoid: [number, number][]
  softplus: [number, number][]
  logit: [number, number][]
  /** a, b, e^(a − b). */
  expDifference: [number, number, number][]
  /** `terms`: the largest term of the value and of the gradient, as the textbook writes them. */
  binary: {
    eta: number
    y: number
    value: number
    gradient: number
    hessian: number
    terms: [number, number]
  }[]
  binaryConjugate: {
    atEta: { eta: number; y: number; c: number; value: number; term: number }[]
    atU: { u: number; y: number; value: number; term: number }[]
  }
  categorical: {
    z: number[]
    logSumExp: number
    term: number
    softmax: number[]
    logSoftmax: number[]
    gradients: number[][]
    hessian: number[]
    conjugates: { c: number; y: number; value: number; term: number }[]
  }[]
}

export const reference: Reference = JSON.parse(
  readFileSync(new URL('./fixtures/reference.json', import.meta.url), 'utf8'),
  (_, value) => (value === 'Infinity' ? Infinity : value === '-Infinity' ? -Infinity : value),
)

/**
 * Expects `actual` within 4 ε of `expected`, relative to `scale` (the result itself, or the largest term of its formula).
 * Among subnormals, which have no relative accuracy, within `steps` of them.
 */
export function expectClose(
  actual: number,
  expected: number,
  what: string,
  scale = expected,
  steps = 2,
): void {
  if (Object.is(actual + 0, expected + 0)) return
  const error = Math.abs(actual - expected)
  const bound = 4 * Number.EPSILON * Math.abs(scale) + steps * Number.MIN_VALUE
  if (error <= bound) return
  const units = error / (Number.EPSILON * Math.abs(scale))
  expect.fail(`${what}: got ${actual}, reference ${expected}, off by ${units.toPrecision(3)} ε`)
}
