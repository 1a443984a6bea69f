// What every vector loss says of itself is so: derivatives, conjugate, smoothness, convexity, Lipschitz bound, calibration.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockForm } from '../src/block-form.ts'
import * as core from '../src/index.ts'
import type { Loss } from '../src/loss.ts'
import { type AnyTarget, allVectorLosses, type VectorLossCase } from './all-vector-losses.ts'
import { eigenvalues } from './eigenvalues.ts'
import { GARBAGE } from './random-block.ts'

const isLabels = ({ loss }: VectorLossCase) => loss.target === 'vector' && loss.link === 'logit'
const list = (K: number, min: number, max: number) =>
  fc.array(fc.double({ min, max, noNaN: true }), { minLength: K, maxLength: K })

/** Hard and soft targets of a loss for K classes or labels. */
function target(entry: VectorLossCase, K: number): fc.Arbitrary<AnyTarget> {
  if (entry.loss.target === 'number') return fc.nat(K - 1)
  if (isLabels(entry))
    return fc.oneof(fc.array(fc.constantFrom(0, 1), { minLength: K, maxLength: K }), list(K, 0, 1))
  const hard = fc.nat(K - 1).map((y) => Array.from({ length: K }, (_, k) => +(k === y)))
  return fc.oneof(
    hard,
    list(K, 0.01, 1).map((raw) => raw.map((x) => x / raw.reduce((a, b) => a + b))),
  )
}

const width = ({ width }: VectorLossCase) => (width ? fc.constant(width) : fc.integer({ min: 1, max: 5 }))

/** η in the domain, and a target. */
const row = (entry: VectorLossCase, size = 30) =>
  width(entry).chain((K) => fc.tuple(list(K, -size, entry.loss.domain ? 0 : size), target(entry, K)))

const inner = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k]
  return sum
}

test('no vector loss that the package exports is missing here', () => {
  const tested = new Set(allVectorLosses.map(({ loss }) => loss.name))
  const isLoss = (x: unknown): x is { name: string } =>
    typeof x === 'object' && x !== null && 'hessian' in x && 'target' in x
  for (const exported of Object.values(core)) if (isLoss(exported)) expect(tested).toContain(exported.name)
})

describe.each(allVectorLosses)('$label', (entry) => {
  const { loss } = entry

  test('its derivatives, by central differences', () => {
    const h = 1e-4
    fc.assert(
      fc.property(row(entry), ([z, y]) => {
        const gradient = loss.gradient(z, y)
        const hessian = loss.hessian(z, y)
        for (let k = 0; k < z.length; k++) {
          const up = z.map((entry, j) => (j === k ? entry + h : entry))
          const down = z.map((entry, j) => (j === k ? entry - h : entry))
          const run = up[k] - down[k]
          const slope = (loss.value(up, y) - loss.value(down, y)) / run
          if (!(Math.abs(slope - gradient[k]) < 2e-8)) expect.fail(`gradient[${k}] of (${z}), ${y}`)
          const [above, below] = [loss.gradient(up, y), loss.gradient(down, y)]
          for (let j = 0; j < z.length; j++) {
            const bend = (above[j] - below[j]) / run
            if (!(Math.abs(bend - hessian[j * z.length + k]) < 2e-8))
              expect.fail(`hessian[${j}, ${k}] of (${z}), ${y}`)
          }
        }
      }),
      { seed: 1 },
    )
  })

  test('curvature in every direction up to the smoothness, which is attained; negative somewhere unless convex', () => {
    let [lowest, largest] = [Infinity, -Infinity]
    const see = (z: number[], y: AnyTarget) => {
      const found = eigenvalues(loss.hessian(z, y))
      lowest = Math.min(lowest, ...found)
      largest = Math.max(largest, ...found)
    }
    fc.assert(
      fc.property(row(entry, 8), ([z, y]) => see(z, y)),
      { seed: 2, numRuns: 500 },
    )
    // Two classes that share all probability, in all proportions; and one label alone.
    const K = entry.width ?? 2
    for (let eta = -8; eta <= 8; eta += 0.005) {
      const z = Array.from({ length: K }, (_, k) => (k === 0 ? eta : k === 1 ? 0 : -800))
      see(z, loss.target === 'number' ? 0 : [1, 0])
    }
    if (isLabels(entry)) see([0], [1])
    expect(largest).toBeLessThanOrEqual(loss.smoothness * (1 + 1e-12))
    expect(largest).toBeGreaterThanOrEqual(loss.smoothness * (1 - 1e-4))
    if (loss.convex) expect(lowest).toBeGreaterThanOrEqual(-1e-14 * Math.max(1, loss.smoothness))
    else expect(lowest).toBeLessThan(-0.1)
  })

  test('Lipschitz: no gradient is longer, and one comes near', () => {
    let longest = 0
    const see = (z: number[], y: AnyTarget) => {
      longest = Math.max(longest, Math.hypot(...loss.gradient(z, y)))
    }
    fc.assert(
      fc.property(row(entry, 50), ([z, y]) => see(z, y)),
      { seed: 3, numRuns: 500 },
    )
    for (const K of entry.width ? [entry.width] : [1, 2, 3, 10, 1000]) {
      const at = (eta: number) => Array.from({ length: K }, (_, k) => (k === 0 ? eta : k === 1 ? 0 : -800))
      if (isLabels(entry)) see(new Array(K).fill(-40), new Array(K).fill(1))
      else {
        for (let eta = entry.loss.domain ? 0 : -40; eta <= 0; eta += 0.005) {
          see(at(eta), loss.target === 'number' ? 0 : Array.from({ length: K }, (_, k) => +(k === 0)))
          if (K > 10) eta += 5
        }
      }
    }
    if (loss.lipschitz === Infinity) expect(longest).toBeGreaterThan(30)
    else {
      expect(longest).toBeLessThanOrEqual(loss.lipschitz * (1 + 1e-12))
      expect(longest).toBeGreaterThanOrEqual(loss.lipschitz * (1 - 1e-3))
    }
  })

  if (loss.conjugate)
    test('Fenchel–Young: ℓ(η, y) + ℓ*(u, y) ≥ uᵀη, with equality at the gradient', () => {
      const pairs = row(entry).chain(([z, y]) =>
        fc.tuple(fc.constant(z), fc.constant(y), list(z.length, -30, entry.loss.domain ? 0 : 30)),
      )
      fc.assert(
        fc.property(pairs, ([z, y, other]) => {
          const value = loss.value(z, y)
          const slack = (u: ArrayLike<number>) => value + loss.conjugate!(u, y) - inner(u, z)
          const rounding = 4e-13 * (1 + value + Math.max(...z.map(Math.abs))) * z.length
          expect(Math.abs(slack(loss.gradient(z, y)))).toBeLessThanOrEqual(rounding)
          expect(slack(loss.gradient(other, y))).toBeGreaterThanOrEqual(-rounding)
          expect(slack(other)).toBeGreaterThanOrEqual(-rounding)
        }),
        { seed: 4, numRuns: 300 },
      )
    })

  test('calibrated: the expected loss is least where the likeliest class has the largest η, and only there', () => {
    const likelihoods = fc.integer({ min: 2, max: 4 }).chain((K) => list(entry.width ?? K, 0.02, 1))
    let always = true
    fc.assert(
      fc.property(likelihoods, (raw) => {
        const sum = raw.reduce((a, b) => a + b)
        const shares = raw.map((x) => x / sum)
        const K = shares.length
        const order = shares.toSorted((a, b) => b - a)
        if (order[0] - order[1] < 0.02) return
        const truth = shares.indexOf(order[0])
        const hot = (y: number): AnyTarget =>
          loss.target === 'number' ? y : shares.map((_, k) => +(k === y))
        const risk = (z: number[]) => shares.reduce((sum, share, y) => sum + share * loss.value(z, hot(y)), 0)
        // Descent from the logs of the shares, which all proper losses have for their minimum, and from 0; log-probabilities stay so.
        const place = (z: number[]) => (loss.domain ? [...core.logSoftmax(z)] : z)
        let best = place(new Array(K).fill(0))
        for (const start of [best, place(shares.map(Math.log))]) if (risk(start) < risk(best)) best = start
        for (let size = 1; size > 1e-7; size /= 2) {
          for (let again = true; again; ) {
            again = false
            for (let k = 0; k < K; k++) {
              for (const sign of [-1, 1]) {
                const tried = place(best.map((x, j) => (j === k ? x + sign * size : x)))
                if (risk(tried) < risk(best) - 1e-15) {
                  best = tried
                  again = true
                }
              }
            }
          }
        }
        if (best.indexOf(Math.max(...best)) !== truth) always = false
        if (entry.label === 'categoricalCrossEntropy' || entry.label === 'categoricalSpherical') {
          core.softmax(best).forEach((p, k) => {
            expect(p).toBeCloseTo(shares[k], 5)
          })
        }
      }),
      { seed: 5, numRuns: 60 },
    )
    expect(always).toBe(loss.calibrated)
  })

  test('writes into out, never into η or y; refuses an out of another size', () => {
    fc.assert(
      fc.property(row(entry), ([z, y]) => {
        const before = structuredClone([z, y])
        const gradient = new Float64Array(z.length).fill(GARBAGE)
        const hessian = new Float64Array(z.length ** 2).fill(GARBAGE)
        expect(loss.gradient(z, y, gradient)).toBe(gradient)
        expect(loss.hessian(z, y, hessian)).toBe(hessian)
        expect(gradient).toEqual(loss.gradient(z, y))
        expect(hessian).toEqual(loss.hessian(z, y))
        expect([z, y]).toEqual(before)
        expect(() => loss.gradient(z, y, new Float64Array(z.length + 1))).toThrow(RangeError)
        expect(() => loss.hessian(z, y, new Float64Array(z.length ** 2 + 1))).toThrow(RangeError)
      }),
      { numRuns: 20 },
    )
  })

  test('refuses targets that are none', () => {
    const K = entry.width ?? 3
    const z = new Array(K).fill(-1)
    const wrong: AnyTarget[] =
      loss.target === 'number'
        ? [-1, K, 0.5, NaN]
        : [
            [1, 0],
            [1, 0, 0, 0, 0, 0],
          ]
    for (const y of wrong) {
      expect(loss.targets.holds(y, K)).toBe(false)
      expect(() => loss.value(z, y)).toThrow(RangeError)
      expect(() => loss.gradient(z, y)).toThrow(RangeError)
      expect(() => loss.hessian(z, y)).toThrow(RangeError)
      if (loss.conjugate) expect(() => loss.conjugate!(z, y)).toThrow(RangeError)
    }
    fc.assert(
      fc.property(row(entry), ([z, y]) => {
        expect(loss.targets.holds(y, z.length)).toBe(true)
      }),
    )
  })

  test('in blocks of rows it is the pointwise form, row by row, and does not look at rows of weight 0', () => {
    const form = blockForm(loss as Loss)
    const K = entry.width ?? 3
    const rows = fc.array(fc.tuple(list(K, -20, 0), target(entry, K), fc.constantFrom(0, 0.5, 2)), {
      maxLength: 6,
    })
    fc.assert(
      fc.property(rows, fc.double({ min: 0, max: 1, noNaN: true }), (drawn, c) => {
        const n = drawn.length
        const block = {
          rows: n,
          first: 2,
          width: K,
          eta: Float64Array.from(drawn.flatMap(([z, , s]) => (s === 0 ? z.map(() => NaN) : z))),
          targets: new Float64Array(0),
          weights: Float64Array.from([9, 9, ...drawn.map(([, , s]) => s)]),
          residual: new Float64Array(n * K).fill(GARBAGE),
          curvature: new Float64Array(n * K * K).fill(GARBAGE),
        }
        const flat = drawn.flatMap(([, y]) => (typeof y === 'number' ? [y] : Array.from(y)))
        block.targets = Float64Array.from([
          ...new Array(loss.target === 'number' ? 2 : 2 * K).fill(9),
          ...flat,
        ])
        let [value, conjugate] = [0, 0]
        for (const [z, y, s] of drawn) {
          if (s === 0) continue
          value += s * loss.value(z, y)
          if (loss.conjugate)
            conjugate +=
              s *
              loss.conjugate(
                loss.gradient(z, y).map((g) => c * g),
                y,
              )
        }
        expect(form.value(block)).toBe(value)
        if (form.conjugate) expect(form.conjugate(block, c)).toBe(conjugate)
        expect(block.residual.every((r) => r === GARBAGE)).toBe(true)
        expect(form.gradient(block)).toBe(value)
        const residual = drawn.flatMap(([z, y, s]) =>
          z.map((_, k) => (s === 0 ? 0 : s * loss.gradient(z, y)[k])),
        )
        expect([...block.residual]).toEqual(residual)
        expect(block.curvature.every((r) => r === GARBAGE)).toBe(true)
        block.residual.fill(GARBAGE)
        expect(form.hessian(block)).toBe(value)
        expect([...block.residual]).toEqual(residual)
        const curvature = drawn.flatMap(([z, y, s]) => [
          ...(s === 0 ? new Float64Array(K * K) : loss.hessian(z, y).map((h) => s * h)),
        ])
        expect([...block.curvature]).toEqual(curvature)
      }),
      { numRuns: 50 },
    )
    expect(form.conjugate === undefined).toBe(loss.conjugate === undefined)
  })
})
