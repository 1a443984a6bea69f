// Rows that are taken out of a dense design: the same products as the plain design's, on the same rows; and memory that is given back.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { binaryCrossEntropy, binaryCrossEntropyBlocks, blockForm } from '@logodds/core'
import { auto, type Design, fitLogistic, dense as plainDense, type TakenRows } from '@logodds/linear'
import { l2 } from '@logodds/optim'
import { beforeEach, describe, expect, it } from 'vitest'
import { dense, free, matrix, threads } from '../src/index.ts'
import { matrixOf, numbers, uniform } from './random.ts'

const n = 700
const p = 9
const runs = [3, 16, 40, 1, 100, 250, 351, 2, 690, 10]
const taken = runs.filter((_, q) => q % 2).reduce((a, b) => a + b)
const rows: number[] = []
for (let at = 0; at < runs.length; at += 2) for (let i = 0; i < runs[at + 1]; i++) rows.push(runs[at] + i)

/** Of standardised columns, one of them left out, and ones. */
function inner(design: Design): Design {
  const random = uniform(5)
  const centre = numbers(p, random)
  const scale = numbers(p, random).map((v) => 0.5 + Math.abs(v))
  const keep = Int32Array.of(0, 1, 2, 4, 5, 6, 7, 8)
  return design.rescaled(centre, scale, keep).withIntercept()
}

describe('rows taken', () => {
  const X = matrixOf(n, p, 'row-major', uniform(1))
  const single = { ...X, data: Float32Array.from(X.data) }
  const some = {
    ...X,
    data: Float64Array.from(rows.flatMap((i) => [...Array.from({ length: p }, (_, j) => X.data[i * p + j])])),
  }
  const ofRows = (data: Float64Array) => inner(plainDense(data, [taken, p]))
  const random = uniform(2)
  const w = numbers(p, random)
  const r = numbers(taken + 512, random)

  it.each([
    ['doubles', X, {}, some.data],
    ['single precision', single, {}, some.data.map(Math.fround)],
    ['in pieces', X, { stream: true }, some.data],
    ['in pieces, of single precision', single, { stream: true }, some.data.map(Math.fround)],
  ])('%s: every product as of those rows alone, to rounding', (_, given, options, data) => {
    const plain = ofRows(data)
    const own = inner(dense(given, options)).take?.(runs) as TakenRows
    expect([own.rows, own.columns]).toEqual([taken, p])
    const products = (design: TakenRows) => {
      const eta = new Float64Array(taken + 512)
      const g = new Float64Array(p)
      const size = new Float64Array(p)
      const reader = design.reader()
      for (let first = 0; first < taken; first += design.blockRows) {
        const count = Math.min(design.blockRows, taken - first)
        reader.read(first, count)
        reader.multiply(w, 1, eta.subarray(first))
        reader.multiplyTransposed(r.subarray(first), 1, g)
        for (let i = 0; i < count; i++) for (let j = 0; j < p; j++) size[j] += Math.abs(r[first + i]) * 20
      }
      return { eta: eta.subarray(0, taken), g, size }
    }
    const [got, expected] = [products(own), products(plain)]
    for (let i = 0; i < taken; i++) expect(Math.abs(got.eta[i] - expected.eta[i])).toBeLessThan(1e-12 * 200)
    for (let j = 0; j < p; j++)
      expect(Math.abs(got.g[j] - expected.g[j])).toBeLessThan(1e-12 * expected.size[j])
    own.release?.()
  })

  it('the fused oracle: value, gradient and curvature as of those rows alone', () => {
    const own = inner(dense(X)).take?.(runs) as TakenRows
    const plain = ofRows(some.data)
    const y = Float64Array.from({ length: taken }, () => +(random() > 0))
    const weights = new Float64Array(taken).fill(1 / taken)
    const problem = { blocks: binaryCrossEntropyBlocks, width: 1, y, weights }
    const unused = { eta: new Float64Array(taken + 3), at: new Float64Array(p).fill(Number.NaN), passes: 0 }
    const oracle = own.fused?.(problem, {
      ...unused,
      oracle: () => 0,
      begin: () => () => 0,
    })
    const slow = plain.reader()
    const gradient = new Float64Array(p)
    expect(oracle?.curvature?.()).toBeUndefined()
    const value = oracle?.oracle({ ask: 'gradient', at: w, gradient })
    const eta = new Float64Array(taken + 3)
    const expected = new Float64Array(p)
    let sum = 0
    for (let first = 0; first < taken; first += plain.blockRows) {
      const count = Math.min(plain.blockRows, taken - first)
      const here = eta.subarray(first)
      slow.read(first, count)
      slow.multiply(w, 1, here)
      const residual = new Float64Array(plain.blockRows)
      for (let i = 0; i < count; i++) {
        sum += binaryCrossEntropy.value(here[i], y[first + i]) / taken
        residual[i] = binaryCrossEntropy.gradient(here[i], y[first + i]) / taken
      }
      slow.multiplyTransposed(residual, 1, expected)
    }
    expect(Math.abs((value as number) / sum - 1)).toBeLessThan(1e-12)
    expected.forEach((g, j) => {
      expect(Math.abs(gradient[j] - g)).toBeLessThan(1e-11)
    })
    const curvature = oracle?.curvature?.() as Float64Array
    expect(curvature.length).toBe(taken)
    curvature.forEach((c, i) => {
      expect(c * taken).toBeCloseTo(binaryCrossEntropy.hessian(eta[i], y[i]), 12)
    })
    own.release?.()
  })

  it('belong to nobody else: the matrix may change, and be given back', () => {
    const own = matrix(n, p)
    own.data.set(Float64Array.from(X.data).subarray(0, n * p))
    const copy = dense(own).take?.(runs) as TakenRows
    own.data.fill(7)
    free(own)
    const eta = new Float64Array(taken + 512)
    const reader = copy.reader()
    reader.read(0, 4)
    reader.multiply(
      Float64Array.from({ length: p }, (_, j) => +(j === 2)),
      1,
      eta,
    )
    for (let i = 0; i < 4; i++) expect(eta[i]).toBe(X.data[rows[i] * p + 2])
    copy.release?.()
    copy.release?.()
    expect(() => copy.reader().read(0, 1)).toThrow('one that free has given back')
  })

  it('of a design whose memory has been given back there are none', () => {
    const design = dense(X)
    free(design)
    expect(() => design.take?.(runs)).toThrow('dense: expected a matrix in memory')
  })
})

describe('the memory of a sample', () => {
  const [n, p] = [6000, 60]
  const random = uniform(4)
  const data = numbers(n * p, random)
  const y = Uint8Array.from({ length: n }, (_, i) => +(data[p * i] + random() > 0))
  const X = matrix(n, p)
  X.data.set(data)
  const options = { penalty: l2(1e-3), solver: auto() }

  beforeEach(() => {
    threads(1)
  })

  it('is given back when the fit is done, and when it throws', () => {
    const held = new Set<unknown>()
    let most = 0
    const design = dense(X)
    const take = (from: Design, fused?: () => never): Design => ({
      ...from,
      rescaled: (...how) => take(from.rescaled(...how), fused),
      withIntercept: () => take(from.withIntercept(), fused),
      take(runs) {
        const copy = from.take?.(runs) as TakenRows
        held.add(copy)
        most = Math.max(most, held.size)
        return {
          ...copy,
          ...(fused && { fused }),
          release() {
            held.delete(copy)
            copy.release?.()
          },
        }
      },
    })
    expect(fitLogistic(take(design), y, options).fit.status).toBe('converged')
    expect([most, held.size]).toEqual([1, 0])
    const halted = () => {
      throw new Error('halted')
    }
    most = 0
    expect(() => fitLogistic(take(design, halted), y, options)).toThrow('halted')
    expect([most, held.size]).toEqual([1, 0])
  })

  it('1,000 fits in a row: memory is where it was', () => {
    setFlagsFromString('--expose-gc')
    const collect: () => void = runInNewContext('gc')
    const used = () => {
      collect()
      collect()
      return process.memoryUsage()
    }
    const fit = () => {
      const { fit } = fitLogistic(dense(X), y, { ...options, maxIterations: 1 })
      expect(fit.message).toContain('preconditioned by the Hessian of')
    }
    for (let k = 0; k < 20; k++) fit()
    const before = used()
    for (let k = 0; k < 1000; k++) fit()
    const after = used()
    expect(after.external - before.external).toBeLessThan(16e6)
    expect(after.rss - before.rss).toBeLessThan(128e6)
  }, 120_000)
})

it('a loss that is not the fused one, on rows that are taken, has the same fit', () => {
  const [n, p] = [5000, 50]
  const random = uniform(7)
  const X = matrixOf(n, p, 'row-major', random)
  const y = Array.from({ length: n }, (_, i) => +(Number(X.data[i * p]) + random() > 0))
  expect(blockForm(binaryCrossEntropy)).toBeDefined()
  const of = (given: Design) => fitLogistic(given, y, { penalty: l2(1e-3), solver: auto() })
  const [own, plain] = [of(dense(X)), of(plainDense(X))]
  expect(own.fit.status).toBe('converged')
  own.coefficients[0].forEach((v, j) => {
    expect(Math.abs(v - plain.coefficients[0][j])).toBeLessThan(1e-6)
  })
})
