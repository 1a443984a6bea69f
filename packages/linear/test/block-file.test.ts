// Rows that are read when they are needed give the fit of the dense design, bit for bit.
import { mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { binaryCrossEntropy } from '@logodds/core'
import { elasticNet, l1, l2, lbfgs, newton } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import {
  blockFile,
  dense,
  fitLogistic,
  type LogisticOptions,
  lipschitzLR,
  objective,
  standardized,
  withIntercept,
} from '../src/index.ts'

// More numbers than are read at a time, and a last block that is not full.
const n = 5003
const p = 40
let state = 3
const next = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 2 ** 31 - 1
}
const data = Float64Array.from({ length: n * p }, (_, q) => (q % p === 7 ? 1e6 : 0) + next())
for (let i = 0; i < n; i++) data[i * p + 9] = data[i * p + 3] - data[i * p + 5]
const X = { data, shape: [n, p], stride: [p, 1], offset: 0 }
const y = Array.from({ length: n }, (_, i) => (data[i * p] + data[i * p + 1] + next() > 0 ? 'b' : 'a'))

interface Call {
  first: number
  rows: number
}
/** From memory, with a record of what was asked for. */
function source(calls: Call[] = []) {
  return blockFile({
    rows: n,
    columns: p,
    read(first, rows, into) {
      calls.push({ first, rows })
      into.set(data.subarray(first * p, (first + rows) * p))
    },
  })
}

describe('the model of the dense design, bit for bit', () => {
  const weights = y.map((_, i) => (i % 5) / 2)
  const offset = y.map((_, i) => Math.sin(i))
  const options: [string, LogisticOptions][] = [
    ['maximum likelihood', { weights, offset, classWeights: 'balanced' }],
    ['no intercept', { intercept: false }],
    ['ridge', { penalty: l2(0.01) }],
    ['lasso', { penalty: l1(0.01), maxIterations: 20 }],
    [
      'elastic net, not standardised',
      { penalty: elasticNet(0.01, 0.5), standardize: false, maxIterations: 20 },
    ],
    ['L-BFGS', { solver: (_, given) => lbfgs(given) }],
    ['Newton', { penalty: l2(1e-3), solver: (_, given) => newton(given) }],
  ]
  it.each(options)('%s', (_, option) => {
    const calls: Call[] = []
    const model = fitLogistic(source(calls), y, option)
    expect(model).toEqual(fitLogistic(X, y, option))
    expect(model.aliased).toEqual(option.penalty ? [] : ['x9'])
    // Two readings for each pass, the second from where the first ended; none for what does not look at the columns.
    calls.forEach(({ first, rows }, k) => {
      expect(first).toBe(k % 2 ? calls[k - 1].rows : 0)
      expect(first + rows).toBe(k % 2 ? n : [3240, 3276][+(rows > 3240)])
    })
    expect(calls.length).toBe(2 * model.fit.passes)
  })

  it('from a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'logodds-'))
    try {
      const path = join(folder, 'x.f64')
      writeFileSync(path, new Uint8Array(data.buffer))
      const file = openSync(path, 'r')
      const design = blockFile({
        rows: n,
        columns: p,
        read(first, _, into) {
          readSync(file, into, 0, into.byteLength, first * p * 8)
        },
      })
      expect(fitLogistic(design, y)).toEqual(fitLogistic(X, y))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('samples, other designs of it, other questions', () => {
    const targets = y.map((label) => +(label === 'b'))
    const at = Float64Array.from({ length: p + 1 }, next)
    const rows = Int32Array.from([n - 1, 4, 4, 3241, 0])
    const answers = [source(), dense(X)].map((design) => {
      const f = objective({
        design: withIntercept(standardized(design)),
        loss: binaryCrossEntropy,
        y: targets,
      })
      const gradient = new Float64Array(p + 1)
      const value = f({ ask: 'sample-gradient', at, gradient, rows })
      return { value, gradient, again: f({ ask: 'value', at }), bound: f.smoothness() }
    })
    expect(answers[0]).toEqual(answers[1])
    expect(lipschitzLR(source())).toBe(lipschitzLR(X))
  })
})

it('columns without a number are not read', () => {
  const calls: Call[] = []
  const ones = source(calls)
    .rescaled(new Float64Array(p), new Float64Array(p).fill(1), new Int32Array())
    .withIntercept()
  const reader = ones.reader()
  const out = new Float64Array(ones.blockRows)
  reader.read(0, 8)
  reader.multiply(Float64Array.of(3), 1, out)
  expect([...out.subarray(0, 8)]).toEqual(Array.from({ length: 8 }, () => 3))
  expect(calls).toEqual([])
})

describe('mistakes are named', () => {
  const read = () => {}
  it('at once', () => {
    expect(() => blockFile({ rows: -1, columns: 2, read })).toThrow(
      new RangeError('blockFile: expected rows a whole number, got -1'),
    )
    expect(() => blockFile({ rows: 3, columns: Number.NaN, read })).toThrow(
      new RangeError('blockFile: expected columns a whole number, got NaN'),
    )
    expect(() => blockFile({ rows: 3, columns: Number.POSITIVE_INFINITY, read })).toThrow(
      'columns a whole number',
    )
    expect(() => blockFile({ rows: 3, columns: 2 } as never)).toThrow(
      new RangeError('blockFile: expected a function read, got undefined'),
    )
  })

  it('where a number is missing, or is none', () => {
    const fit = (fill: (first: number, into: Float64Array) => unknown) =>
      fitLogistic(
        blockFile({ rows: n, columns: p, read: (first, _, into) => fill(first, into) as undefined }),
        y,
      )
    const message = (got: string) => new RangeError(`blockFile: expected finite numbers in X, got ${got}`)
    expect(() => fit(() => {})).toThrow(message('NaN in row 0, column 0 (x0)'))
    expect(() => fit((_, into) => into.fill(1, 0, 85))).toThrow(message('NaN in row 2, column 5 (x5)'))
    expect(() =>
      fit((first, into) => {
        into.fill(2)
        if (first) into[3 * p + 1] = Number.NEGATIVE_INFINITY
      }),
    ).toThrow(message('-Infinity in row 3243, column 1 (x1)'))
    expect(() => fit(async (_, into) => into.fill(1))).toThrow(
      new RangeError('blockFile: expected a read that is done when it returns, got a promise'),
    )
  })

  it('a fit that fails reads no more: no row is taken for read', () => {
    let good = false
    const design = blockFile({
      rows: 4,
      columns: 1,
      read(_, __, into) {
        into.fill(good ? 1 : Number.NaN)
      },
    })
    const reader = design.reader()
    expect(() => reader.read(0, 4)).toThrow('finite numbers')
    expect(() => reader.read(0, 4)).toThrow('finite numbers')
    good = true
    reader.read(0, 4)
    const out = new Float64Array(4)
    reader.multiply(Float64Array.of(2), 1, out)
    expect([...out]).toEqual([2, 2, 2, 2])
  })
})
