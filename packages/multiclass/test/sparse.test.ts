// Sparse designs give the models of the dense matrix, and predictions from either agree.
import { csc, csr, dense, type Model } from '@logodds/linear'
import { l1, l2 } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import {
  decide,
  decision,
  fitOneVsRest,
  fitOrdinal,
  fitSoftmax,
  predict,
  predictProbability,
} from '../src/index.ts'
import { random01 } from './tables.ts'

const next = random01(5)
const labels = ['a', 'b', 'c', 'd']

function problem(n: number, p: number, filled: number) {
  const X = Array.from({ length: n }, () =>
    Array.from({ length: p }, () => (next() < filled ? 4 * next() - 1 : 0)),
  )
  // Large numbers, of which one is missing.
  X.forEach((row, i) => {
    row[p - 1] = i ? 1000 + next() : 0
  })
  const y = X.map(
    (row) => labels[Math.floor(Math.min(3.9, Math.max(0, 1.5 + row[0] - row[1] + 2 * next() - 1)))]!,
  )
  return { X, y }
}

function arraysOf(X: readonly (readonly number[])[]) {
  const entries = X.flatMap((row, i) => row.flatMap((v, j) => (v ? [{ i, j, v }] : [])))
  const starts = (of: 'i' | 'j', count: number) =>
    Array.from({ length: count + 1 }, (_, k) => entries.filter((e) => e[of] < k).length)
  const data = (of: typeof entries) => of.map(({ v }) => v)
  const byColumn = entries.slice().sort((a, b) => a.j - b.j)
  return {
    csr: {
      data: data(entries),
      indices: entries.map(({ j }) => j),
      indptr: starts('i', X.length),
      columns: X[0]!.length,
    },
    csc: {
      data: data(byColumn),
      indices: byColumn.map(({ i }) => i),
      indptr: starts('j', X[0]!.length),
      rows: X.length,
    },
  }
}

function expectNear(a: ArrayLike<number>, b: ArrayLike<number>, most: number) {
  expect(a.length).toBe(b.length)
  for (let q = 0; q < a.length; q++) expect(Math.abs(a[q]! - b[q]!)).toBeLessThanOrEqual(most)
}

describe.each([
  ['200 × 8', problem(200, 8, 0.3)],
  // More than 200 coordinates.
  ['150 × 70', problem(150, 70, 0.1)],
])('%s', (_, { X, y }) => {
  const arrays = arraysOf(X)
  const designs = { csr: csr(arrays.csr), csc: csc(arrays.csc) }
  const tolerance = 1e-11
  const fits: Record<string, (X: Parameters<typeof fitSoftmax>[0]) => Model | ReturnType<typeof fitOrdinal>> =
    {
      'softmax, ridge': (X) => fitSoftmax(X, y, { penalty: l2(0.02), tolerance }),
      'softmax, lasso': (X) => fitSoftmax(X, y, { penalty: l1(0.02), tolerance: 1e-10 }),
      'one-vs-rest': (X) => fitOneVsRest(X, y, { penalty: l2(0.02), tolerance }),
      ordinal: (X) => fitOrdinal(X, y, { levels: labels, penalty: l2(0.02), tolerance }),
    }
  it.each(Object.keys(fits))('%s', (name) => {
    const expected = fits[name]!(X)
    expect(expected.fit.status).toBe('converged')
    const eta = decision(expected, X).data
    for (const design of Object.values(designs)) {
      const model = fits[name]!(design)
      expect(model.fit.status).toBe('converged')
      expect(model.fit.rank).toBe(expected.fit.rank)
      expectNear(model.coefficients.flat(), expected.coefficients.flat(), 1e-9)
      expectNear(decision(model, X).data, eta, 1e-9)
      expectNear(decision(model, design).data, decision(model, X).data, 1e-11)
      expectNear(predictProbability(model, design).data, predictProbability(model, X).data, 1e-12)
      expect(predict(model, design)).toEqual(predict(model, X))
      expect(decide(model, design).rows.map(({ label }) => label)).toEqual(
        decide(model, X).rows.map(({ label }) => label),
      )
    }
    expect(decision(expected, dense(X))).toEqual(decision(expected, X))
  })
})
