// Conjugate gradients alone, on matrices: exact in as many products as there are eigenvalues, and inside the ball.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cholesky, choleskySolve } from '../src/cholesky.ts'
import { type ConjugateGradientOptions, conjugateGradient, forcingTerm } from '../src/conjugate-gradient.ts'
import type { CurvatureQuery } from '../src/oracle.ts'
import { error, spectrum, uniform } from './bank.ts'

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, v, j) => sum + v * b[j]!, 0)
const norm = (a: Float64Array) => Math.sqrt(dot(a, a))
const times = (a: Float64Array, v: Float64Array) =>
  v.map((_, i) => dot(a.subarray(i * v.length, (i + 1) * v.length), v))

/** Solves H d = −g. */
function solve(H: Float64Array, g: Float64Array, options?: ConjugateGradientOptions) {
  const n = g.length
  const query: CurvatureQuery = {
    ask: 'curvature',
    at: new Float64Array(n),
    along: new Float64Array(n),
    product: new Float64Array(n),
  }
  const r = g.slice()
  const d = new Float64Array(n).fill(NaN)
  const run = conjugateGradient(query, r, d, options)
  const path: Float64Array[] = []
  let turn = run.next(0)
  while (!turn.done) {
    path.push(d.slice())
    turn.value.product.set(times(H, turn.value.along))
    turn = run.next(NaN)
  }
  path.push(d.slice())
  return { ...turn.value, d, r, path, model: 0.5 * dot(d, times(H, d)) + dot(g, d) }
}
const vector = (n: number, seed: number) => Float64Array.from({ length: n }, uniform(seed))
const eigenvalues = fc.array(fc.double({ min: 1, max: 10, noNaN: true }), { minLength: 1, maxLength: 12 })
const diagonal = (H: Float64Array, n: number) => (v: Float64Array, out: Float64Array) => {
  for (let j = 0; j < n; j++) out[j] = v[j]! / H[j * n + j]!
}

describe('conjugateGradient', () => {
  it('is exact in p products at most', () => {
    fc.assert(
      fc.property(eigenvalues, fc.integer({ min: 1, max: 999 }), (values, seed) => {
        const n = values.length
        const H = spectrum(values, true)
        const g = vector(n, seed)
        const { reason, products, d, r } = solve(H, g, { tolerance: 1e-9 })
        expect(reason).toBe('converged')
        expect(products).toBeLessThanOrEqual(n)
        expect(
          error(
            times(H, d),
            g.map((v) => -v),
          ),
        ).toBeLessThan(1e-8)
        // The residual that it leaves is the true one.
        expect(
          error(
            r,
            times(H, d).map((v, j) => v + g[j]!),
          ),
        ).toBeLessThan(1e-13)
      }),
    )
  })

  it('needs as many products as there are distinct eigenvalues', () => {
    const H = spectrum([1, 1, 1, 1, 20, 20, 20, 300, 300], true)
    expect(solve(H, vector(9, 5), { tolerance: 1e-10 })).toMatchObject({ reason: 'converged', products: 3 })
  })

  it('comes nearer by (√κ − 1)/(√κ + 1) a product or faster: ‖e_k‖_H ≤ 2 ((√κ − 1)/(√κ + 1))ᵏ ‖e_0‖_H', () => {
    const n = 60
    const H = spectrum(
      Array.from({ length: n }, (_, j) => 100 ** (j / (n - 1))),
      true,
    )
    const g = vector(n, 8)
    const { path, d } = solve(H, g, { tolerance: 1e-14, maxIterations: 300 })
    const energy = (e: Float64Array) => Math.sqrt(dot(e, times(H, e)))
    const errors = path.map((point) => energy(point.map((v, j) => v - d[j]!)))
    errors.forEach((e, k) => {
      if (e > 1e-10) expect(e).toBeLessThanOrEqual(2 * (9 / 11) ** k * errors[0]! * (1 + 1e-9))
    })
    expect(path.length).toBeGreaterThan(20)
  })

  it('is there in one product with the inverse as preconditioner, and sooner with the diagonal where scales differ', () => {
    const values = [1, 30, 1e3, 1e6]
    const H = spectrum(values, true)
    const factor = H.slice()
    cholesky(factor, 4)
    const preconditioner = (v: Float64Array, out: Float64Array) => {
      out.set(v)
      choleskySolve(factor, 4, out)
    }
    expect(solve(H, vector(4, 3), { preconditioner, tolerance: 1e-8 })).toMatchObject({
      reason: 'converged',
      products: 1,
    })
    const n = 20
    const scale = Array.from({ length: n }, (_, j) => 10 ** (j / 4))
    const mild = spectrum(
      Array.from({ length: n }, (_, j) => 1 + j / n),
      true,
    )
    const wide = mild.map((v, at) => v * scale[Math.floor(at / n)]! * scale[at % n]!)
    const plain = solve(wide, vector(n, 4))
    const helped = solve(wide, vector(n, 4), { preconditioner: diagonal(wide, n) })
    expect(helped.reason).toBe('converged')
    expect(helped.products).toBeLessThan(15)
    expect(plain.products).toBeGreaterThan(4 * helped.products)
    const left = times(wide, helped.d).map((v, j) => (v + vector(n, 4)[j]!) / scale[j]!)
    expect(norm(left)).toBeLessThan(1e-9)
  })

  it('stays in the ball, on its border where the minimiser is outside, with ‖d‖ growing and the model falling', () => {
    const radius = fc.double({ min: 1e-3, max: 3, noNaN: true })
    fc.assert(
      fc.property(
        eigenvalues,
        radius,
        fc.boolean(),
        fc.boolean(),
        (values, r, indefinite, preconditioned) => {
          const n = values.length
          const H = spectrum(indefinite ? values.map((v, j) => (j === 0 ? -v : v)) : values, true)
          const M = values.map((_, j) => 1 + j)
          const preconditioner = preconditioned
            ? (v: Float64Array, out: Float64Array) => out.set(v.map((x, j) => x / M[j]!))
            : undefined
          const length = (d: Float64Array) =>
            Math.sqrt(d.reduce((s, v, j) => s + (preconditioned ? M[j]! : 1) * v * v, 0))
          const g = vector(n, 1 + n)
          const found = solve(H, g, { radius: r, preconditioner, tolerance: 1e-8 })
          // The length by recurrence; CG's loss of orthogonality shows in it.
          expect(length(found.d)).toBeCloseTo(found.length, 5)
          expect(found.length).toBeLessThanOrEqual(r * (1 + 1e-12))
          if (found.reason !== 'converged') expect(found.length).toBeCloseTo(r, 10)
          if (!indefinite) expect(found.reason).not.toBe('negative-curvature')
          for (let k = 1; k < found.path.length; k++)
            expect(length(found.path[k]!)).toBeGreaterThanOrEqual(length(found.path[k - 1]!) * (1 - 1e-5))
          // Not worse than the Cauchy point, which is what trust-region theory asks (Nocedal & Wright, (4.20)): without M.
          if (preconditioned) return
          const gg = dot(g, g)
          const bend = dot(g, times(H, g))
          const t = Math.min(r / Math.sqrt(gg), bend > 0 ? gg / bend : Infinity)
          expect(found.model).toBeLessThanOrEqual(-t * gg + 0.5 * t * t * bend + 1e-12)
          // ½ dᵀ(g + r) is the model.
          expect(
            0.5 *
              dot(
                found.d,
                g.map((v, j) => v + found.r[j]!),
              ),
          ).toBeCloseTo(found.model, 10)
        },
      ),
    )
  })

  it('without a ball, ends where the curvature is negative, but leaves the start', () => {
    const H = Float64Array.of(-1, 0, 0, 2)
    const first = solve(H, Float64Array.of(30, 0))
    expect(first).toMatchObject({ reason: 'negative-curvature', products: 1, length: 1 })
    expect([...first.d]).toEqual([-1, 0])
    const later = solve(H, Float64Array.of(0.1, 1))
    expect(later).toMatchObject({ reason: 'negative-curvature', products: 2 })
    expect(dot(later.d, Float64Array.of(0.1, 1))).toBeLessThan(0)
    expect(later.d).toEqual(later.path[1])
  })

  it('ends at the limit, and in order where there is nothing to solve or nothing to solve with', () => {
    const H = spectrum([1, 2, 3, 4], true)
    expect(solve(H, vector(4, 1), { maxIterations: 2 })).toMatchObject({
      reason: 'iteration-limit',
      products: 2,
    })
    expect(solve(H, new Float64Array(4))).toMatchObject({ reason: 'converged', products: 0, length: 0 })
    expect(solve(H.fill(NaN), vector(4, 1)).reason).toBe('breakdown')
    const preconditioner = (v: Float64Array, out: Float64Array) => out.set(v.map((x) => -x))
    expect(solve(spectrum([1, 2], true), vector(2, 1), { preconditioner })).toMatchObject({
      reason: 'breakdown',
      products: 0,
    })
  })

  it('ends at the accuracy that is asked', () => {
    const H = spectrum(
      Array.from({ length: 30 }, (_, j) => 1 + j * j),
      true,
    )
    const g = vector(30, 2)
    for (const tolerance of [0.5, 0.1, 1e-3, 1e-6]) {
      const { r, reason } = solve(H, g, { tolerance })
      expect(reason).toBe('converged')
      expect(norm(r) / norm(g)).toBeLessThanOrEqual(tolerance)
    }
  })
})

describe('forcingTerm', () => {
  it('is min(most, √‖g‖)', () => {
    expect(forcingTerm(0.5, Float64Array.of(3, 4))).toBe(0.5)
    expect(forcingTerm(0.5, Float64Array.of(3e-4, 4e-4))).toBeCloseTo(Math.sqrt(5e-4), 15)
    expect(forcingTerm(0, Float64Array.of(3, 4))).toBe(1e-15)
  })
})
