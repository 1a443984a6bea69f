// M⁻¹ of dense designs: M times it is the vector, for samples, views, intercepts and scales; and it is that of linear.
import { type Design, dense as plainDense } from '@logodds/linear'
import { describe, expect, it } from 'vitest'
import { dense, matrix } from '../src/index.ts'
import { matrixOf, numbers, uniform, views } from './random.ts'

/** Of centred and scaled columns, with an intercept, as inside of a fit. */
function inside(design: Design, centre: Float64Array, scale: Float64Array): Design {
  const keep = Int32Array.from(centre.keys()).filter((c) => c !== 1)
  return design.rescaled(centre, scale, keep).withIntercept()
}

const shapes = [
  [1, 1],
  [5, 3],
  [40, 7],
  [300, 17],
  [700, 129],
] as const

describe.each(shapes)('%i × %i', (n, p) => {
  it.each(['all rows', 'some rows', 'blocks of rows'])('%s', (which) => {
    const random = uniform(n * p)
    const X = matrixOf(n, p, views[p % 4], random)
    const centre = numbers(p, random)
    const scale = numbers(p, random).map((v) => 2 + v)
    const has = { 'all rows': () => true, 'some rows': (i: number) => i % 3 === 1 || i > 0.9 * n }[which]
    const curvature = numbers(n, random).map((v, i) => ((has ?? ((i) => i % 64 < 20))(i) ? 1.1 + v : 0))
    const design = inside(dense(X), centre, scale)
    const size = design.columns
    const ridge = numbers(size, random).map((v) => 0.1 + v * v)
    const v = numbers(size, random)
    const out = new Float64Array(size)
    const solve = design.preconditioner!(curvature, ridge)
    // It keeps what it needs.
    const copy = curvature.slice()
    curvature.fill(Number.NaN)
    design.preconditioner!(
      copy.map((c) => 2 * c),
      ridge,
    )
    solve(v, out)

    const reader = inside(plainDense(X), centre, scale).reader()
    const blockRows = inside(plainDense(X), centre, scale).blockRows
    const eta = new Float64Array(blockRows)
    const back = ridge.map((r, j) => r * out[j])
    for (let first = 0; first < n; first += blockRows) {
      const rows = Math.min(blockRows, n - first)
      reader.read(first, rows)
      reader.multiply(out, 1, eta)
      for (let i = 0; i < blockRows; i++) eta[i] = i < rows ? eta[i] * copy[first + i] : 0
      reader.multiplyTransposed(eta, 1, back)
    }
    back.forEach((one, j) => {
      expect(Math.abs(one - v[j])).toBeLessThan(1e-9)
    })
  })
})

it('of a singular M it is one all the same', () => {
  const X = matrix(4, 2)
  X.data.set([1, 1, 2, 2, 3, 3, 4, 4])
  const out = new Float64Array(2)
  dense(X).preconditioner!(new Float64Array(4).fill(1), new Float64Array(2))(Float64Array.of(1, 1), out)
  expect(out[0] + out[1]).toBeCloseTo(2 / 60, 5)
})
