import { describe, expect, it } from 'vitest'
import { extrapolate } from '../src/extrapolate.ts'
import { error, spectrum, uniform } from './bank.ts'

/** z ← M z + b from 0, `length` points, M with these eigenvalues; and the limit. */
function affine(eigenvalues: number[], length: number) {
  const n = eigenvalues.length
  const m = spectrum(eigenvalues, true)
  const random = uniform(9)
  const limit = Float64Array.from({ length: n }, random)
  const times = (v: Float64Array) => v.map((_, i) => v.reduce((sum, x, j) => sum + m[i * n + j]! * x, 0))
  let away = limit.map((v) => -v)
  return {
    limit,
    past: Array.from({ length }, () => {
      const z = away.map((v, j) => v + limit[j]!)
      away = times(away)
      return z
    }),
  }
}

describe('extrapolate', () => {
  it.each([(): number => 1, (j: number) => 10 ** j])(
    'finds the limit of an affine sequence in few dimensions',
    (metric) => {
      const { past, limit } = affine([0.9, -0.3], 4)
      const out = new Float64Array(2)
      extrapolate(past, metric, out)
      // The matrix is singular then but for what is added to its diagonal.
      expect(error(out, limit)).toBeLessThan(1e-6 * error(past.at(-1)!, limit))
    },
  )

  it('comes closer in more dimensions than it has points', () => {
    const { past, limit } = affine([0.999, 0.99, 0.9, 0.8, 0.7, 0.5, 0.4, 0.2, 0.1, 0.05], 6)
    const out = new Float64Array(10)
    extrapolate(past, () => 1, out)
    expect(error(out, limit)).toBeLessThan(error(past.at(-1)!, limit))
  })

  it('is not a number where the sequence stands still', () => {
    const z = Float64Array.of(1, 2)
    const out = new Float64Array(2)
    extrapolate([z, z, z], () => 1, out)
    expect([...out]).toEqual([NaN, NaN])
  })
})
