// Against scikit-learn on scipy.sparse input: the arrays as scipy may leave them, unsorted, in parts, with zeros.
import { elasticNet } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import { type CscArrays, type CsrArrays, csc, csr, fitLogistic, positiveProbability } from '../src/index.ts'
import { json } from './tables.ts'

interface Fit {
  lambda_: number
  alpha: number
  weighted: boolean
  standardize: boolean
  coefficients: number[]
  intercept: number
  theirs: number[]
  distance: number
  probability: number[]
}
const reference = json<{ csr: CsrArrays; csc: CscArrays; y: number[]; weights: number[]; fits: Fit[] }>(
  'sparse',
)
const { y, weights } = reference
const designs = { csr: csr(reference.csr), csc: csc(reference.csc) }

describe.each(Object.entries(designs))('%s', (_, X) => {
  it.each(reference.fits)(
    'λ $lambda_, α $alpha, standardised $standardize, weighted $weighted: 1e-10',
    ({ lambda_, alpha, weighted, standardize, coefficients, intercept, theirs, distance, probability }) => {
      const model = fitLogistic(X, y, {
        penalty: elasticNet(lambda_, alpha),
        weights: weighted ? weights : undefined,
        standardize,
        tolerance: 1e-12,
      })
      expect(model.fit.status).toBe('converged')
      const [w] = model.coefficients
      const off = (those: number[]) => Math.max(...w.map((v, j) => Math.abs(v - those[j])))
      expect(off(coefficients)).toBeLessThan(1e-10)
      expect(Math.abs(model.intercepts[0] - intercept)).toBeLessThan(1e-10)
      expect(w.map((v) => v === 0)).toEqual(coefficients.map((v) => v === 0))
      // scikit-learn itself, as near as it came.
      expect(distance).toBeLessThan(1e-7)
      expect(off(theirs)).toBeLessThan(distance + 1e-10)
      positiveProbability(model, X).forEach((v, i) => {
        expect(Math.abs(v - probability[i])).toBeLessThan(1e-10)
      })
    },
  )
})
