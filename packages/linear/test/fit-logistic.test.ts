// fitLogistic as its users meet it: every kind of input, every mistake, every number that has a defined answer.
import { createHash } from 'node:crypto'
import { binaryCrossEntropy } from '@logodds/core'
import { elasticNet, fista, gradientDescent, l1, l2, lbfgs, newton, type Penalty } from '@logodds/optim'
import fc from 'fast-check'
import ndarray from 'ndarray'
import { describe, expect, it } from 'vitest'
import {
  balancedClassWeights,
  type ClassWeights,
  decision,
  dense,
  fitLogistic,
  fitLogisticAsync,
  type Label,
  type LogisticOptions,
  type MatrixLike,
  type Model,
  parseModel,
  positiveProbability,
  predict,
  predictProbability,
} from '../src/index.ts'
import { columns, table } from './tables.ts'

const pima = table('pima_tr')
const names = ['npreg', 'glu', 'bp', 'skin', 'bmi', 'ped', 'age']
const X = columns(...names.map(pima.number))
const y = pima.text('type')
const n = X.length
const p = names.length

const numbersOf = ({ coefficients, intercepts }: Model) => [...coefficients.flat(), ...intercepts]

function expectClose(a: Model, b: Model, tolerance: number): void {
  const expected = numbersOf(b)
  numbersOf(a).forEach((v, j) => {
    expect(Math.abs(v - expected[j])).toBeLessThanOrEqual(
      tolerance * Math.max(Math.abs(v), Math.abs(expected[j])),
    )
  })
}

describe('any stride', () => {
  const flat = Float64Array.from(X.flat())
  const columnMajor = Float64Array.from({ length: n * p }, (_, q) => X[q % n][Math.floor(q / n)])
  const views: Record<string, MatrixLike> = {
    'an array of rows': X,
    'rows of typed arrays': X.map((row) => Float64Array.from(row)),
    'row-major': ndarray(flat, [n, p]),
    'column-major': ndarray(columnMajor, [n, p], [1, n]),
    transposed: ndarray(columnMajor, [p, n]).transpose(1, 0),
    reversed: ndarray(Float64Array.from(flat).reverse(), [n, p], [-p, -1], n * p - 1),
    sliced: ndarray(Float64Array.from([...X, ...X].flatMap((row) => [-1, ...row, 1e9])), [2 * n, p + 2])
      .lo(n, 1)
      .hi(n, p),
    'every second row': ndarray(
      Float64Array.from(X.flatMap((row) => [...row, ...row.map(() => Number.NaN)])),
      [2 * n, p],
    ).step(2, 1),
    'an ndarray of plain numbers': ndarray(X.flat(), [n, p]),
  }
  for (const options of [{}, { penalty: l1(0.02) }] satisfies LogisticOptions[]) {
    const expected = fitLogistic(
      X.map((row) => [...row]),
      y,
      options,
    )
    it.each(Object.keys(views))(
      `%s: the same model bit for bit${'penalty' in options ? ' (l1)' : ''}`,
      (view) => {
        const model = fitLogistic(views[view], y, options)
        expect(model).toEqual(expected)
        expect(predictProbability(model, views[view])).toEqual(predictProbability(expected, X))
      },
    )
  }

  it('Float32 data give the fit of their values', () => {
    const single = ndarray(Float32Array.from(flat), [n, p])
    const model = fitLogistic(single, y)
    expect(model).toEqual(fitLogistic(ndarray(Float64Array.from(single.data), [n, p]), y))
  })
})

it('changes none of its inputs', () => {
  const data = Float64Array.from(X.flat())
  const weights = Float64Array.from(X, (_, i) => (i % 3) + 1)
  const offset = Float64Array.from(X, (_, i) => i / n)
  const labels = [...y]
  const hash = () =>
    createHash('sha256')
      .update(data)
      .update(weights)
      .update(offset)
      .update(JSON.stringify(labels))
      .digest('hex')
  const before = hash()
  const options = Object.freeze({
    weights,
    offset,
    penalty: elasticNet(0.01, 0.5),
    classWeights: 'balanced' as const,
  })
  const model = fitLogistic(ndarray(data, [n, p]), labels, options)
  predictProbability(Object.freeze(model), ndarray(data, [n, p]), { offset })
  expect(hash()).toBe(before)
})

describe('weights', () => {
  const counts = X.map((_, i) => i % 4)
  const repeated = X.flatMap((row, i) => Array.from({ length: counts[i] }, () => row))
  const labels = y.flatMap((label, i) => Array.from({ length: counts[i] }, () => label))

  it.each([
    ['none', undefined],
    ['l2', l2(0.01)],
    ['l1', l1(0.02)],
  ] as [string, Penalty | undefined][])('a weight is a count (%s)', (_, penalty) => {
    const weighted = fitLogistic(X, y, { penalty, weights: counts, tolerance: 1e-12 })
    const repeats = fitLogistic(repeated, labels, { penalty, tolerance: 1e-12 })
    expectClose(weighted, repeats, 1e-8)
    expect(weighted.fit.weightSum).toBe(repeated.length)
    expect(weighted.fit.n).toBe(n)
    expect(weighted.fit.logLikelihood).toBeCloseTo(repeats.fit.logLikelihood!, 9)
  })

  it('doubling all weights changes nothing in the fit', () => {
    const options = { penalty: l2(0.01), tolerance: 1e-12 }
    const once = fitLogistic(X, y, options)
    const twice = fitLogistic(X, y, { ...options, weights: X.map(() => 2) })
    expectClose(once, twice, 1e-12)
    expect(twice.fit.weightSum).toBe(2 * n)
    expect(twice.fit.logLikelihood).toBeCloseTo(2 * once.fit.logLikelihood!, 9)
  })

  it('balanced class weights have ratio 9 on 90/10 data, and account for sample weights', () => {
    const labels = Array.from({ length: 100 }, (_, i) => (i < 90 ? 'no' : 'yes'))
    const weights = balancedClassWeights(labels)
    expect([...weights.keys()]).toEqual(['no', 'yes'])
    expect(weights.get('yes')! / weights.get('no')!).toBeCloseTo(9, 12)
    expect(weights.get('no')).toBeCloseTo(100 / 180, 12)
    const counted = balancedClassWeights(['no', 'yes'], [90, 10])
    expect(counted.get('yes')! / counted.get('no')!).toBeCloseTo(9, 12)
  })

  it('class weights multiply the weights of their rows, by label; the likelihood does not see them', () => {
    const yes = y.filter((label) => label === 'Yes').length
    const factor = (n - yes) / yes
    const byHand = fitLogistic(X, y, {
      weights: y.map((label) => (label === 'Yes' ? factor : 1)),
      tolerance: 1e-12,
    })
    const forms: ClassWeights[] = [
      'balanced',
      { Yes: factor },
      new Map([['Yes', factor]]),
      { Yes: 2 * factor, No: 2 },
    ]
    for (const classWeights of forms) {
      const model = fitLogistic(X, y, { classWeights, tolerance: 1e-12 })
      expectClose(model, byHand, 1e-9)
      expect(model.fit.weightSum).toBe(n)
      const eta = decision(model, X).data
      const likelihood = -y.reduce(
        (sum, label, i) => sum + binaryCrossEntropy.value(eta[i], label === 'Yes' ? 1 : 0),
        0,
      )
      expect(model.fit.logLikelihood).toBeCloseTo(likelihood, 8)
    }
  })

  it('rows without weight count for nothing: not for rank, not for separation', () => {
    const odd = [...X, [1e6, 1e6, 1e6, 1e6, 1e6, 1e6, 1e6]]
    const model = fitLogistic(odd, [...y, 'No'], { weights: [...X.map(() => 1), 0], tolerance: 1e-12 })
    expectClose(model, fitLogistic(X, y, { tolerance: 1e-12 }), 1e-9)
    const separable = fitLogistic([[0], [1], [2], [3], [0.5]], [0, 0, 1, 1, 1], { weights: [1, 1, 1, 1, 0] })
    expect(separable.fit.status).toBe('separated')
  })
})

describe('offset', () => {
  it('a constant offset moves the intercept and nothing else', () => {
    const plain = fitLogistic(X, y, { tolerance: 1e-12 })
    const moved = fitLogistic(X, y, { tolerance: 1e-12, offset: X.map(() => 3) })
    expectClose({ ...moved, intercepts: [moved.intercepts[0] + 3] }, plain, 1e-9)
    expect(moved.offset).toBe(true)
  })

  it('is demanded at predict time, and refused where there was none', () => {
    const model = fitLogistic(X, y, { offset: X.map(() => 1) })
    expect(() => predictProbability(model, X)).toThrow('predictProbability: expected an offset')
    expect(() => decision(fitLogistic(X, y), X, { offset: X.map(() => 1) })).toThrow(
      'decision: expected no offset',
    )
    const [a] = decision(model, X.slice(0, 1), { offset: [1] }).data
    const [b] = decision(model, X.slice(0, 1), { offset: [3] }).data
    expect(b - a).toBeCloseTo(2, 12)
    expect(() => decision(model, X, { offset: [1] })).toThrow(`decision: expected offset.length ${n}, got 1`)
  })

  it('an offset of ±1000 is no trouble', () => {
    const model = fitLogistic(X, y, { offset: X.map((_, i) => (i % 2 ? 1000 : -1000)), penalty: l2(0.1) })
    expect(numbersOf(model).every(Number.isFinite)).toBe(true)
    expect(Number.isFinite(model.fit.gradientNorm)).toBe(true)
  })
})

describe('labels', () => {
  const kinds: Record<string, [Label, Label]> = {
    strings: ['absent', 'present'],
    numbers: [9, 10],
    'strings that look like numbers': ['9', '10'],
    booleans: [false, true],
    'negative and positive': [-1, 1],
    'upper before lower case, by code unit': ['Z', 'a'],
    'mixed strings, by code unit': ['10', '9a'],
  }
  it.each(Object.keys(kinds))('%s are sorted by value, in any order of the data', (kind) => {
    const [low, high] = kinds[kind]
    const labels = y.map((label) => (label === 'Yes' ? high : low))
    const model = fitLogistic(X, labels)
    expect(model.classes).toEqual([low, high])
    expect(model.positive).toBe(high)
    expect(numbersOf(model)).toEqual(numbersOf(fitLogistic(X, y)))
    const backwards = fitLogistic([...X].reverse(), [...labels].reverse())
    expect(backwards.classes).toEqual([low, high])
    expectClose(backwards, model, 1e-7)
  })

  it('positive turns every sign, and the probabilities follow the classes', () => {
    const model = fitLogistic(X, y, { tolerance: 1e-12 })
    const other = fitLogistic(X, y, { positive: 'No', tolerance: 1e-12 })
    expectClose(
      { ...other, coefficients: [other.coefficients[0].map((v) => -v)], intercepts: [-other.intercepts[0]] },
      model,
      1e-9,
    )
    const a = predictProbability(model, X).data
    predictProbability(other, X).data.forEach((v, i) => {
      expect(v).toBeCloseTo(a[i], 10)
    })
    expect(predict(other, X)).toEqual(predict(model, X))
    expect(Array.from(positiveProbability(other, X))).toEqual(
      Array.from({ length: n }, (_, i) => predictProbability(other, X).data[2 * i]),
    )
  })
})

describe('what the data may do', () => {
  it('complete separation ends the fit by name, with finite numbers', () => {
    for (const solver of [() => newton(), () => lbfgs(), () => gradientDescent({ maxIterations: 100_000 })]) {
      const model = fitLogistic([[1], [2], [3], [4]], [0, 0, 1, 1], { solver })
      expect(model.fit.status).toBe('separated')
      expect(model.fit.message).toMatch(/penalty/)
      expect(numbersOf(model).every(Number.isFinite)).toBe(true)
    }
    const ridge = fitLogistic([[1], [2], [3], [4]], [0, 0, 1, 1], { penalty: l2(1e-3) })
    expect(ridge.fit.status).toBe('converged')
    expect(ridge.intercepts[0] / ridge.coefficients[0][0]).toBeCloseTo(-2.5, 9)
  })

  it('separation by the offset alone is none', () => {
    const model = fitLogistic([[1], [2], [1], [2]], [0, 0, 1, 1], { offset: [-50, -50, 50, 50] })
    expect(model.fit.status).not.toBe('separated')
  })

  it('a column of mean 1e8 and sd 1 fits like its centred twin', () => {
    const far = X.map((row) => row.map((v, j) => (j === 3 ? 1e8 + Math.fround(v) : v)))
    const near = far.map((row) => row.map((v, j) => (j === 3 ? v - 1e8 : v)))
    for (const penalty of [undefined, l2(0.01), l1(0.01)]) {
      const a = fitLogistic(far, y, { penalty, tolerance: 1e-12 })
      const b = fitLogistic(near, y, { penalty, tolerance: 1e-12 })
      expect(a.aliased).toEqual([])
      a.coefficients[0].forEach((v, j) => {
        expect(Math.abs(v - b.coefficients[0][j])).toBeLessThanOrEqual(1e-7 * Math.abs(v))
      })
    }
  })

  it('constant and duplicate columns', () => {
    const wide = X.map((row) => [0.1, ...row, row[2]])
    const terms = ['constant', ...names, 'bp again']
    const model = fitLogistic(wide, y, { terms })
    expect(model.aliased).toEqual(['constant', 'bp again'])
    expect(model.coefficients[0][0]).toBe(0)
    expect(model.coefficients[0][8]).toBe(0)
    expectClose({ ...model, coefficients: [model.coefficients[0].slice(1, 8)] }, fitLogistic(X, y), 1e-9)
    const ridge = fitLogistic(wide, y, { terms, penalty: l2(0.01), tolerance: 1e-12 })
    expect(ridge.aliased).toEqual([])
    expect(ridge.coefficients[0][0]).toBe(0)
    expect(ridge.coefficients[0][8]).toBeCloseTo(ridge.coefficients[0][3], 12)
    const lasso = fitLogistic(wide, y, { terms, penalty: l1(0.01) })
    expect(lasso.fit.status).toBe('converged')
    expect(lasso.coefficients[0][0]).toBe(0)
  })

  it('an unpenalised column beside penalised ones is dropped if earlier unpenalised ones determine it', () => {
    const wide = X.map((row) => [...row, 3 * row[0] - 1])
    const model = fitLogistic(wide, y, { penalty: l2(0.1, { weights: [0, 1, 1, 1, 1, 1, 1, 0] }) })
    expect(model.aliased).toEqual(['x7'])
    expect(model.fit.status).toBe('converged')
  })

  it('more columns than rows: as many as the rows determine', () => {
    const wide = X.slice(0, 6).map((row, i) => [...row, i * i, Math.sin(i), Math.cos(3 * i)])
    const model = fitLogistic(wide, ['a', 'b', 'a', 'b', 'b', 'a'])
    expect(model.fit.rank).toBe(6)
    expect(model.aliased.length).toBe(5)
    expect(model.fit.status).toBe('separated')
  })

  it('no columns: the intercept is the log-odds', () => {
    const model = fitLogistic({ data: [], shape: [4, 0], stride: [0, 1], offset: 0 }, [1, 0, 1, 1])
    expect(model.coefficients).toEqual([[]])
    expect(model.intercepts[0]).toBeCloseTo(Math.log(3), 12)
    expect(fitLogistic([[], [], [], []], [1, 0, 1, 1]).intercepts[0]).toBeCloseTo(Math.log(3), 12)
  })

  it('without an intercept', () => {
    const model = fitLogistic(X, y, { intercept: false })
    expect(model.intercepts).toEqual([0])
    expect(model.fit.rank).toBe(p)
    // A constant column then is an intercept.
    const constant = fitLogistic(
      X.map((row) => [...row, 5]),
      y,
      { intercept: false, tolerance: 1e-12 },
    )
    const free = fitLogistic(X, y, { tolerance: 1e-12 })
    expect(constant.coefficients[0][7] * 5).toBeCloseTo(free.intercepts[0], 7)
  })

  it('a million-fold scale changes nothing but the coefficients', () => {
    const scale = [1e6, 1e-6, 1, 1e3, 1, 1e-3, 1]
    const scaled = X.map((row) => row.map((v, j) => v * scale[j]))
    for (const penalty of [undefined, l2(0.01), l1(0.01)]) {
      const a = fitLogistic(scaled, y, { penalty, tolerance: 1e-11 })
      const b = fitLogistic(X, y, { penalty, tolerance: 1e-11 })
      expectClose({ ...a, coefficients: [a.coefficients[0].map((v, j) => v * scale[j])] }, b, 1e-6)
    }
  })

  it('standardize: false penalises the coefficients of the columns as they are', () => {
    const sd = names.map((_, j) => {
      const mean = X.reduce((sum, row) => sum + row[j], 0) / n
      return Math.sqrt(X.reduce((sum, row) => sum + (row[j] - mean) ** 2, 0) / n)
    })
    const scaled = X.map((row) => row.map((v, j) => v / sd[j]))
    for (const penalty of [l2(0.05), l1(0.02), elasticNet(0.03, 0.4)]) {
      const raw = fitLogistic(scaled, y, { penalty, standardize: false, tolerance: 1e-12 })
      const inside = fitLogistic(X, y, { penalty, tolerance: 1e-12 })
      expectClose({ ...raw, coefficients: [raw.coefficients[0].map((v, j) => v / sd[j])] }, inside, 1e-7)
      expect(raw.standardize).toBe(false)
    }
  })

  it('stops at the limit, and says so', () => {
    const model = fitLogistic(X, y, { maxIterations: 1 })
    expect(model.fit.status).toBe('iteration-limit')
    expect(model.fit.iterations).toBe(1)
    expect(model.fit.gradientNorm).toBeGreaterThan(1e-8)
  })
})

describe('mistakes are named before any work', () => {
  const nan = X.map((row, i) => (i === 17 ? row.map((v, j) => (j === 2 ? Number.NaN : v)) : row))
  const infinite = X.map((row, i) => (i === 3 ? row.map((v, j) => (j === 6 ? -Infinity : v)) : row))
  const mistakes: [string, () => unknown, string][] = [
    [
      'too few labels',
      () => fitLogistic(X, y.slice(1)),
      'fitLogistic: expected y.length 200 (rows of X), got 199',
    ],
    ['no rows', () => fitLogistic([], []), 'fitLogistic: expected at least one row in X, got none'],
    [
      'one row',
      () => fitLogistic([[1, 2]], ['a']),
      'fitLogistic: expected at least two classes in y, got one ("a")',
    ],
    [
      'one class',
      () =>
        fitLogistic(
          X,
          y.map(() => 1),
        ),
      'fitLogistic: expected at least two classes in y, got one (1)',
    ],
    [
      'three classes',
      () =>
        fitLogistic(
          X,
          y.map((_, i) => i % 3),
        ),
      'fitLogistic: expected two classes in y (for more: @logodds/multiclass), got 3',
    ],
    [
      'ragged rows',
      () => fitLogistic([[1, 2], [3]], [0, 1]),
      'fitLogistic: expected 2 numbers in row 1 of X, got 1',
    ],
    [
      'text in X',
      () => fitLogistic([['1'], ['2']] as never, [0, 1]),
      'fitLogistic: expected finite numbers in X, got string in row 0, column 0 (x0)',
    ],
    [
      'text in an ndarray',
      () => fitLogistic(ndarray([1, '2'] as never, [2, 1]), [0, 1]),
      'fitLogistic: expected finite numbers in X, got string in row 1, column 0 (x0)',
    ],
    [
      'NaN',
      () => fitLogistic(nan, y, { terms: names }),
      'fitLogistic: expected finite numbers in X, got NaN in row 17, column 2 (bp)',
    ],
    [
      'infinity',
      () => fitLogistic(infinite, y),
      'fitLogistic: expected finite numbers in X, got -Infinity in row 3, column 6 (x6)',
    ],
    [
      'numbers whose squares overflow',
      () => fitLogistic([[1e200], [2e200], [3e200]], [0, 1, 0]),
      'fitLogistic: expected X whose squares are doubles, got other numbers in column 0 (x0)',
    ],
    [
      'a vector for X',
      () => fitLogistic(ndarray(new Float64Array(4)) as never, [0, 1]),
      'fitLogistic: expected X as rows or a 2-d ndarray, got 4',
    ],
    [
      'a shape beyond the data',
      () => fitLogistic({ data: [1, 2], shape: [2, 2], stride: [2, 1], offset: 0 }, [0, 1]),
      'fitLogistic: expected finite numbers in X, got undefined in row 1, column 0 (x0)',
    ],
    [
      'null for X',
      () => fitLogistic(null as never, [0, 1]),
      'fitLogistic: expected X as rows or a 2-d ndarray, got null',
    ],
    [
      'no labels',
      () => fitLogistic(X, undefined as never),
      'fitLogistic: expected y.length 200 (rows of X), got undefined',
    ],
    [
      'a missing label',
      () => fitLogistic(X, y.map((v, i) => (i === 5 ? undefined : v)) as never),
      'got undefined undefined at index 5',
    ],
    [
      'a NaN label',
      () =>
        fitLogistic(
          X,
          X.map((_, i) => (i === 5 ? Number.NaN : i % 2)),
        ),
      'got number NaN at index 5',
    ],
    [
      'labels of two types',
      () =>
        fitLogistic(
          X,
          X.map((_, i) => (i === 5 ? '1' : i % 2)),
        ),
      'got string 1 at index 5',
    ],
    [
      'an unknown positive class',
      () => fitLogistic(X, y, { positive: 'yes' }),
      'fitLogistic: expected positive to be one of ["No","Yes"], got "yes"',
    ],
    [
      'wrong weights',
      () => fitLogistic(X, y, { weights: [1] }),
      'fitLogistic: expected weights.length 200, got 1',
    ],
    [
      'a negative weight',
      () => fitLogistic(X, y, { weights: X.map((_, i) => i - 1) }),
      'fitLogistic: expected weights[0] finite and ≥ 0, got -1',
    ],
    [
      'a NaN weight',
      () => fitLogistic(X, y, { weights: X.map(() => Number.NaN) }),
      'fitLogistic: expected weights[0] finite and ≥ 0, got NaN',
    ],
    [
      'a class without weight',
      () => fitLogistic(X, y, { weights: y.map((v) => (v === 'No' ? 1 : 0)) }),
      'expected weight on every class, got 0 on "Yes"',
    ],
    [
      'a class weight of 0',
      () => fitLogistic(X, y, { classWeights: { No: 0 } }),
      'expected weight on every class, got 0 on "No"',
    ],
    [
      'an unknown class weight',
      () => fitLogistic(X, y, { classWeights: { no: 2 } }),
      'expected classWeights for ["No","Yes"], got "no"',
    ],
    [
      'a wrong offset',
      () => fitLogistic(X, y, { offset: [1, 2] }),
      'fitLogistic: expected offset.length 200, got 2',
    ],
    [
      'an infinite offset',
      () => fitLogistic(X, y, { offset: X.map(() => Infinity) }),
      'fitLogistic: expected offset[0] finite, got Infinity',
    ],
    [
      'wrong terms',
      () => fitLogistic(X, y, { terms: ['a'] }),
      'fitLogistic: expected 7 terms (columns of X), got 1',
    ],
    [
      'a tolerance of 0',
      () => fitLogistic(X, y, { tolerance: 0 }),
      'fitLogistic: expected tolerance > 0, got 0',
    ],
    [
      'half an iteration',
      () => fitLogistic(X, y, { maxIterations: 0.5 }),
      'fitLogistic: expected maxIterations a whole number, got 0.5',
    ],
    [
      'wrong penalty weights',
      () => fitLogistic(X, y, { penalty: l2(1, { weights: [1] }) }),
      'fitLogistic: expected 7 penalty weights (columns of X), got 1',
    ],
    [
      'a start of another size',
      () => fitLogistic(X, y, { start: { coefficients: [[1]], intercepts: [0] } }),
      'fitLogistic: expected start with 1 × 7 coefficients, got lengths 1,1,1',
    ],
    [
      'a solver without the prox',
      () => fitLogistic(X, y, { penalty: l1(0.1), solver: () => lbfgs() }),
      'fitLogistic: expected a solver that takes the penalty l1',
    ],
    [
      'a solver with another penalty',
      () => fitLogistic(X, y, { penalty: l1(0.1), solver: () => fista({ penalty: l1(3) }) }),
      'got one for another',
    ],
    [
      'neither intercept nor columns',
      () => fitLogistic([[0], [0]], [0, 1], { intercept: false }),
      'expected an intercept or a column that is not zero',
    ],
  ]
  it.each(mistakes)('%s', (_, mistake, message) => {
    expect(mistake).toThrow(message)
  })

  it.each(mistakes.slice(0, 5))('asynchronously too: %s', async () => {
    await expect(fitLogisticAsync(X, y.slice(1))).rejects.toThrow(
      'fitLogisticAsync: expected y.length 200 (rows of X), got 199',
    )
  })
})

describe('predict', () => {
  const model = fitLogistic(X, y)

  it('at the threshold is positive', () => {
    const even: Model = { ...model, coefficients: [model.coefficients[0].map(() => 0)], intercepts: [0] }
    expect(predict(even, X.slice(0, 1))).toEqual(['Yes'])
    expect(predict(even, X.slice(0, 1), { threshold: 0.500001 })).toEqual(['No'])
    expect(predict(model, X, { threshold: 0 }).every((label) => label === 'Yes')).toBe(true)
    expect(() => predict(model, X, { threshold: Number.NaN })).toThrow(
      'predict: expected a threshold in [0, 1], got NaN',
    )
    expect(() => predict(model, X, { threshold: 1.01 })).toThrow('predict: expected a threshold in [0, 1]')
  })

  it('logits of ±1000 and ±1e308: probabilities are finite and sum to 1', () => {
    const steep = (w: number): Model => ({
      ...model,
      terms: ['a', 'b'],
      coefficients: [[w, w]],
      intercepts: [0],
    })
    const big = [
      [1000, 0],
      [-1000, 0],
      [1e308, 0],
      [-1e308, 0],
      [1e308, 1e308],
      [1e308, -1e308],
      [-1e308, -1e308],
    ]
    for (const w of [1, 1e8, 1e300]) {
      const probabilities = predictProbability(steep(w), big)
      const z = decision(steep(w), big).data
      expect(z.every(Number.isFinite)).toBe(true)
      expect(z[5]).toBe(0)
      for (let i = 0; i < big.length; i++) {
        const [no, yes] = probabilities.data.subarray(2 * i, 2 * i + 2)
        expect(no + yes).toBe(1)
        if (i !== 5) expect(yes).toBe(big[i][0] > 0 ? 1 : 0)
      }
    }
  })

  it('small probabilities keep their digits on both sides', () => {
    const steep: Model = { ...model, terms: ['a'], coefficients: [[1]], intercepts: [0] }
    expect(predictProbability(steep, [[100]]).data[0]).toBeCloseTo(Math.exp(-100), 55)
    expect(predictProbability(steep, [[-100]]).data[1]).toBeCloseTo(Math.exp(-100), 55)
    expect(predictProbability(steep, [[-100]]).data[1]).toBeGreaterThan(0)
  })

  it('survives JSON', () => {
    const again = parseModel(JSON.parse(JSON.stringify(model)))
    expect(again).toEqual(model)
    expect(predictProbability(again, X)).toEqual(predictProbability(model, X))
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'names the row of %s that was written after the design was made',
    (bad) => {
      const data = Float64Array.from(X.flat())
      const design = dense(data, [n, p])
      expect(decision(model, design).data).toEqual(decision(model, X).data)
      data[3 * p + 1] = bad
      for (const ask of [decision, predict, predictProbability, positiveProbability])
        expect(() => ask(model, design)).toThrow(
          new RangeError(`${ask.name}: expected finite numbers in X, got others in row 3`),
        )
    },
  )

  it('refuses what it cannot mean', () => {
    expect(() => decision(model, [[1]])).toThrow('decision: expected 7 columns (terms of the model), got 1')
    expect(() => decision(model, [[1, 2, 3, 4, 5, 6, Number.NaN]])).toThrow(
      'decision: expected finite numbers in X, got NaN in row 0, column 6 (x6)',
    )
    const named = { ...model, terms: names }
    expect(() => decision(named, [[1, Number.NaN, 3, 4, 5, 6, 7]])).toThrow(
      'got NaN in row 0, column 1 (glu)',
    )
    expect(() => decision({ ...model, version: 2 } as never, X)).toThrow(
      'decision: expected a logodds/model, version 1, got logodds/model version 2',
    )
    expect(() => decision({} as never, X)).toThrow('got undefined version undefined')
    expect(() => predict({ ...model, family: 'softmax' }, X)).toThrow(
      'predict: expected a binary model (for others: predict of @logodds/multiclass), got softmax',
    )
    expect(() => parseModel({ ...model, version: 2 })).toThrow(
      'parseModel: expected format logodds/model version 1',
    )
    expect(() => parseModel(null)).toThrow('parseModel')
    expect(() => parseModel({ ...model, coefficients: [[1]] })).toThrow(
      'parseModel: expected 1 × 7 coefficients',
    )
    expect(() => parseModel({ ...model, terms: [1] })).toThrow('parseModel: terms.0')
    expect(() => parseModel({ ...model, positive: 'Maybe' })).toThrow('one of them positive')
  })

  it('no rows, no predictions', () => {
    expect(predict(model, [])).toEqual([])
    expect(predictProbability(model, { data: [], shape: [0, 7], stride: [7, 1], offset: 0 }).shape).toEqual([
      0, 2,
    ])
  })

  it('an output wraps as an ndarray', () => {
    const { data, shape, stride, offset } = predictProbability(model, X)
    const wrapped = ndarray(data, shape, stride, offset)
    expect(wrapped.get(3, 0) + wrapped.get(3, 1)).toBeCloseTo(1, 15)
    expect(wrapped.pick(null, 1).get(3)).toBe(positiveProbability(model, X)[3])
  })
})

describe('asynchronously', () => {
  it('the same iterates and the same model', async () => {
    const trail = () => {
      const steps: unknown[] = []
      return {
        steps,
        onStep: ({
          iteration,
          value,
          coefficients,
          intercepts,
        }: {
          iteration: number
          value: number
          coefficients: number[][]
          intercepts: number[]
        }) => void steps.push([iteration, value, coefficients, intercepts]),
      }
    }
    const [a, b] = [trail(), trail()]
    const options = { solver: () => lbfgs() }
    const model = await fitLogisticAsync(X, y, { ...options, onStep: a.onStep })
    expect(model).toEqual(fitLogistic(X, y, { ...options, onStep: b.onStep }))
    expect(a.steps).toEqual(b.steps)
    expect(a.steps.length).toBeGreaterThan(5)
  })

  it('an abort stops within one step and resolves to the best point so far', async () => {
    const controller = new AbortController()
    const seen: number[] = []
    const model = await fitLogisticAsync(X, y, {
      solver: () => gradientDescent({ step: 0.1, tolerance: 1e-12 }),
      signal: controller.signal,
      onStep({ iteration, value }) {
        seen.push(value)
        if (iteration === 5) controller.abort()
      },
    })
    expect(model.fit.status).toBe('stopped')
    expect(seen.length).toBeLessThanOrEqual(7)
    expect(model.fit.iterations).toBeLessThanOrEqual(6)
    expect(-model.fit.logLikelihood! / n).toBeCloseTo(Math.min(...seen), 12)
  })

  it("onStep's 'stop' ends the fit", () => {
    const model = fitLogistic(X, y, { onStep: ({ iteration }) => (iteration === 2 ? 'stop' : undefined) })
    expect(model.fit.status).toBe('stopped')
    expect(model.fit.iterations).toBe(2)
  })
})

it('the data hash follows the data', () => {
  const hash = (rows: number[][], labels: Label[], options?: LogisticOptions) =>
    fitLogistic(rows, labels, options).fit.dataHash
  const base = hash(X, y)
  expect(base).toMatch(/^[0-9a-f]{16}$/)
  expect(hash(X, y, { penalty: l2(1) })).toBe(base)
  expect(
    hash(
      X.map((row, i) => (i === 9 ? row.map((v) => v + 1e-9) : row)),
      y,
    ),
  ).not.toBe(base)
  expect(
    hash(
      X,
      y.map((label, i) => (i === 0 ? 'Yes' : label)),
    ),
  ).not.toBe(base)
  expect(hash(X, y, { weights: X.map((_, i) => i + 1) })).not.toBe(base)
  expect(hash(X, y, { offset: X.map((_, i) => i / n) })).not.toBe(base)
  // What classes weigh is no data.
  expect(hash(X, y, { classWeights: 'balanced' })).toBe(base)
})

it('random small problems: converged means a small gradient, and no NaN ever', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.array(
        fc.tuple(
          fc.array(
            fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((v) => (Math.abs(v) < 1e-100 ? 0 : v)),
            { minLength: 4, maxLength: 4 },
          ),
          fc.boolean(),
        ),
        { minLength: 2, maxLength: 20 },
      ),
      fc.constantFrom(undefined, 'l2', 'l1', 'elastic-net'),
      (width, rows, kind) => {
        fc.pre(new Set(rows.map(([, label]) => label)).size === 2)
        const penalty = kind === 'l2' ? l2(0.1) : kind === 'l1' ? l1(0.1) : kind && elasticNet(0.1, 0.5)
        const data = rows.map(([row]) => row.slice(0, width))
        const model = fitLogistic(
          data,
          rows.map(([, label]) => label),
          { penalty },
        )
        expect(numbersOf(model).every(Number.isFinite)).toBe(true)
        expect(Number.isFinite(model.fit.gradientNorm)).toBe(true)
        if (penalty) {
          expect(model.fit.status).toBe('converged')
          expect(model.fit.dualityGap).toBeLessThan(1e-7)
        }
        const probabilities = predictProbability(model, data).data
        expect(probabilities.every((v) => v >= 0 && v <= 1)).toBe(true)
      },
    ),
    // One in some ten thousand of these is too ill-conditioned for FISTA's iteration limit: a seed, so that it is always the same 300.
    { numRuns: 300, seed: 20_261_121 },
  )
})

describe('at the edges of the doubles and of good sense', () => {
  it('a penalised column of mean 1e12 and sd 1 is fitted, not dropped', () => {
    const far = X.map((row) => row.map((v, j) => (j === 1 ? v + 1e12 : v)))
    const near = far.map((row) => row.map((v, j) => (j === 1 ? v - 1e12 : v)))
    const a = fitLogistic(far, y, { penalty: l2(0.01) })
    const b = fitLogistic(near, y, { penalty: l2(0.01) })
    a.coefficients[0].forEach((v, j) => {
      expect(Math.abs(v - b.coefficients[0][j])).toBeLessThanOrEqual(1e-4 * Math.abs(v))
    })
  })

  it('a column whose squares sink below the doubles is refused, not taken for constant', () => {
    for (const scale of [1e-163, 1e-200]) {
      const tiny = X.map((row) => row.map((v, j) => (j === 2 ? v * scale : v)))
      expect(() => fitLogistic(tiny, y)).toThrow(
        'fitLogistic: expected X whose squares are doubles, got other numbers in column 2 (x2)',
      )
    }
  })

  it('what is no penalty is refused, not left out', () => {
    for (const penalty of [l2, 'l2', 0.1, { l2: 0.1 }, { lambda: 1 }])
      expect(() => fitLogistic(X, y, { penalty: penalty as never })).toThrow(
        'fitLogistic: expected a penalty such as l2(0.01)',
      )
    for (const classWeights of [3, 'Balanced'])
      expect(() => fitLogistic(X, y, { classWeights: classWeights as never })).toThrow(
        "classWeights 'balanced' or by label",
      )
    expect(() => fitLogistic(X, y, { penalty: l2(1e308, { weights: names.map(() => 1e10) }) })).toThrow(
      'finite strength',
    )
  })

  it('a penalty that touches no column is none', () => {
    const model = fitLogistic([[1], [2], [3], [4]], [0, 0, 1, 1], { penalty: l2(0.1, { weights: [0] }) })
    expect(model.fit.status).toBe('separated')
    expect(model.penalty.kind).toBe('none')
  })

  it.each([40, 63, 65, 300, 741, 1e5])(
    'a constant offset of ±%s moves the intercept and nothing else',
    (o) => {
      const plain = fitLogistic(X, y, { tolerance: 1e-11 })
      for (const offset of [o, -o])
        for (const penalty of [undefined, l2(0.01)]) {
          const model = fitLogistic(X, y, { offset: X.map(() => offset), penalty })
          expect(model.fit.status).toBe('converged')
          if (!penalty) expect(model.intercepts[0] + offset).toBeCloseTo(plain.intercepts[0], 6)
        }
    },
  )

  it('a start is checked before any work, under the name of the fit', () => {
    const zeros = names.map(() => 0)
    const wrong: [unknown, string][] = [
      [{}, 'fitLogistic: expected start with 1 × 7 coefficients, got lengths 0,0'],
      [
        { coefficients: [zeros], intercepts: [Number.NaN] },
        'fitLogistic: expected finite numbers in start, got NaN',
      ],
      [
        { coefficients: [zeros], intercepts: [1, 2] },
        'fitLogistic: expected start with 1 × 7 coefficients, got lengths 1,2,7',
      ],
    ]
    for (const [start, message] of wrong)
      expect(() => fitLogistic(X, y, { start: start as never })).toThrow(message)
  })

  it('FISTA serves whatever the penalty is, also none', () => {
    const solver: LogisticOptions['solver'] = (penalty, { tolerance }) => fista({ penalty, tolerance })
    for (const penalty of [undefined, l1(0), l1(0.01), l2(0.01)]) {
      const model = fitLogistic(X, y, { penalty, solver })
      expect(model.fit.status).toBe('converged')
      expectClose(model, fitLogistic(X, y, { penalty, tolerance: 1e-11 }), 1e-4)
    }
  })
})
