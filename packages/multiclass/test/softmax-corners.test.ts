// Softmax where it is hard: stiff ℓ1 problems, few rows, many classes, no columns; and what must not change it.
import { dense, fitLogistic, type Model, sparseOrDense } from '@logodds/linear'
import { elasticNet, fista, groupLasso, l1, l2, newtonCg, type Penalty } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import { decision, fitOneVsOne, fitOneVsRest, fitSoftmax, predict, predictProbability } from '../src/index.ts'
import { columns, random01, table } from './tables.ts'

const iris = table('iris')
const X = columns(...['sepal_length', 'sepal_width', 'petal_length', 'petal_width'].map(iris.number))
const y = iris.text('species')

describe('ℓ1 and elastic net converge where classes are unbalanced and columns almost alike', () => {
  // Coordinate descent on the diagonal of S alone, as glmnet has it, leaves out how classes pull on each other, and creeps here.
  const problem = (seed: number, n: number, p: number, K: number, likeness: number) => {
    const next = random01(seed)
    const rows = Array.from({ length: n }, () => {
      const common = next() - 0.5
      return Array.from({ length: p }, () => likeness * common + (1 - likeness) * (next() - 0.5))
    })
    // A third of the rows for each class of what is left.
    const labels = rows.map((_, i) => Math.min(K - 1, i < K ? i : Math.floor(-Math.log(next()))))
    return { rows, labels }
  }
  it.each([
    [60, 4, 3, 0.99],
    [200, 8, 4, 0.999],
    [100, 3, 5, 0.9],
    [20, 40, 3, 0.5],
    [30, 20, 4, 0.8],
  ])('n = %s, p = %s, K = %s, likeness %s', (n, p, K, likeness) => {
    const { rows, labels } = problem(n + p, n, p, K, likeness)
    for (const penalty of [l1(1e-3), l1(0.02), elasticNet(0.01, 0.5), elasticNet(1e-3, 0.9)])
      for (const intercept of [true, false]) {
        const { fit } = fitSoftmax(rows, labels, { penalty, intercept })
        expect(fit.status).toBe('converged')
        expect(fit.dualityGap).toBeLessThan(1e-7)
        expect(fit.iterations).toBeLessThan(60)
      }
  })
})

describe('more coordinates than a Hessian is written for: proximal Newton goes on, dense and sparse', () => {
  // 60 rows, 400 columns of which most numbers are zero, 3 classes: 1203 coordinates, more than rows.
  const next = random01(5)
  const rows = Array.from({ length: 60 }, () =>
    Array.from({ length: 400 }, (_, j) => (next() < 0.1 ? next() - 0.5 + (j % 7) / 7 : 0)),
  )
  const labels = rows.map((row) => {
    const score = row[0] + row[1] + row[2] - row[3] - row[4]
    return score > 0.2 ? 'high' : score < -0.1 ? 'low' : next() < 0.5 ? 'low' : 'middle'
  })
  const groups = Array.from({ length: 400 }, (_, j) => j >> 1)
  const free = Array.from({ length: 400 }, (_, j) => +(j > 1))
  it.each([l1(0.01), l1(0.02, { weights: free }), elasticNet(0.02, 0.5), groupLasso(0.02, groups)])(
    '$name',
    (penalty) => {
      const [dense, sparse] = [rows, sparseOrDense(rows)].map((X) => fitSoftmax(X, labels, { penalty }))
      const slow = fitSoftmax(rows, labels, {
        penalty,
        solver: (own, limits) => fista({ penalty: own!, ...limits, maxIterations: 100000 }),
      })
      expect(slow.fit.status).toBe('converged')
      for (const { fit, coefficients } of [dense, sparse]) {
        expect(fit.status).toBe('converged')
        expect(fit.iterations).toBeLessThan(15)
        expect(fit.passes).toBeLessThan(slow.fit.passes / 10)
        if (penalty.weights) expect(fit.dualityGap).toBeNull()
        else expect(fit.dualityGap).toBeLessThan(1e-8)
        coefficients.flat().forEach((v, q) => {
          expect(Math.abs(v - slow.coefficients.flat()[q])).toBeLessThan(2e-4)
        })
      }
    },
  )
})

it('the blocks of the classes alone, without what is between them, stall where the whole Hessian does not', () => {
  // Two classes that share their rows evenly, and a third one that is nearly certain: partial Newton, as scikit-learn #34561 discusses it.
  const next = random01(2)
  const rows = Array.from({ length: 90 }, () => [next() - 0.5, next() - 0.5])
  const labels = rows.map(([a, b], i) => (i < 3 ? i : a + b > 0.1 ? 0 : next() < 0.5 ? 1 : 2))
  const penalty = l1(1e-4)
  const whole = fitSoftmax(rows, labels, { penalty })
  expect(whole.fit.status).toBe('converged')
  const partial = fitSoftmax(rows, labels, {
    penalty,
    solver: (own, limits) => {
      const inner = own!.newton!(limits)
      return Object.assign(
        function* (x: Float64Array): ReturnType<typeof inner> {
          const run = inner(x)
          let turn = run.next()
          while (!turn.done) {
            const answer = yield turn.value
            if (turn.value.ask === 'hessian') {
              const { hessian } = turn.value
              for (let q = 0; q < hessian.length; q++)
                if (Math.floor(q / x.length) % 3 !== (q % x.length) % 3) hessian[q] = 0
            }
            turn = run.next(answer)
          }
          return turn.value
        },
        { penalty: own },
      )
    },
  })
  expect(whole.fit.iterations).toBeLessThan(15)
  expect(whole.fit.dualityGap).toBeLessThan(1e-10)
  expect(partial.fit.status).toBe('iteration-limit')
  expect(partial.fit.iterations).toBe(100)
  expect(partial.fit.gradientNorm).toBeGreaterThan(1e-6)
})

describe('permuting the classes permutes the model and nothing else', () => {
  const order = ['c', 'a', 'b', 'd']
  const labels = y.map((label, i) => (i % 7 === 0 ? 3 : ['setosa', 'versicolor', 'virginica'].indexOf(label)))
  it.each([
    ['none', undefined],
    ['ridge', l2(0.02)],
    ['ℓ1', l1(0.01)],
    ['elastic net', elasticNet(0.02, 0.5)],
  ] as [string, Penalty | undefined][])('%s', (_, penalty) => {
    const options = { penalty, tolerance: 1e-12 }
    const model = fitSoftmax(X, labels, options)
    const renamed = fitSoftmax(
      X,
      labels.map((k) => order[k]),
      options,
    )
    expect(Math.abs(model.fit.logLikelihood! - renamed.fit.logLikelihood!)).toBeLessThan(1e-9)
    order.forEach((name, k) => {
      const m = renamed.classes.indexOf(name)
      expect(renamed.intercepts[m]).toBeCloseTo(model.intercepts[k], 7)
      renamed.coefficients[m].forEach((v, j) => {
        expect(v).toBeCloseTo(model.coefficients[k][j], 8)
      })
    })
  })
})

it('shifting all intercepts changes nothing: neither predictions nor a fit that starts there', () => {
  const model = fitSoftmax(X, y, { penalty: l2(0.02) })
  const shifted: Model = { ...model, intercepts: model.intercepts.map((b) => b + 100) }
  predictProbability(shifted, X).data.forEach((v, i) => {
    expect(
      Math.abs(v - predictProbability(model, X.slice(Math.floor(i / 3), Math.floor(i / 3) + 1)).data[i % 3]),
    ).toBeLessThan(1e-12)
  })
  expect(predict(shifted, X)).toEqual(predict(model, X))
  const again = fitSoftmax(X, y, { penalty: l2(0.02), start: shifted })
  expect(again.fit.iterations).toBe(0)
  again.intercepts.forEach((b, k) => {
    expect(b).toBeCloseTo(model.intercepts[k], 9)
  })
  // An offset that is the same for all classes.
  const offset = X.flatMap((_, i) => [i, i, i])
  const moved = fitSoftmax(X, y, { penalty: l2(0.02), offset })
  moved.coefficients.flat().forEach((v, j) => {
    expect(v).toBeCloseTo(model.coefficients.flat()[j], 8)
  })
})

describe('reference coding', () => {
  it('with a penalty reports differences of the symmetric model', () => {
    for (const penalty of [l2(0.02), l1(0.01), elasticNet(0.02, 0.5)]) {
      const plain = fitSoftmax(X, y, { penalty })
      const coded = fitSoftmax(X, y, { penalty, reference: 'versicolor' })
      expect(coded.coefficients[1]).toEqual([0, 0, 0, 0])
      expect(coded.intercepts[1]).toBe(0)
      predictProbability(coded, X).data.forEach((v, i) => {
        expect(v).toBeCloseTo(predictProbability(plain, X).data[i], 13)
      })
    }
  })
})

describe('small and odd shapes', () => {
  it('a class of one row', () => {
    const labels = y.map((label, i) => (i === 75 ? 'lone' : label))
    for (const penalty of [l2(0.01), l1(0.01)]) {
      const model = fitSoftmax(X, labels, { penalty })
      expect(model.fit.status).toBe('converged')
      expect(model.classes).toHaveLength(4)
      expect(model.fit.dualityGap).toBeLessThan(1e-8)
    }
    expect(fitOneVsRest(X, labels, { penalty: l2(0.01) }).fit.status).toBe('converged')
    expect(fitOneVsOne(X, labels, { penalty: l2(0.01) }).fit.status).toBe('converged')
  })
  it('K = 100, of which each has three rows', () => {
    const next = random01(1)
    const rows = Array.from({ length: 300 }, () => [next(), next(), next()])
    const labels = rows.map((_, i) => i % 100)
    const model = fitSoftmax(rows, labels, { penalty: l2(0.01) })
    expect(model.fit.status).toBe('converged')
    expect(model.fit.dualityGap).toBeLessThan(1e-10)
    const { data } = predictProbability(model, rows)
    for (let i = 0; i < 300; i++)
      expect(data.subarray(100 * i, 100 * i + 100).reduce((a, b) => a + b)).toBeCloseTo(1, 13)
    expect(fitOneVsRest(rows, labels, { penalty: l2(0.01) }).fit.status).toBe('converged')
  })
  it('n < K is told from n = K: every class needs a row', () => {
    const rows = [[0], [1], [3]]
    const model = fitSoftmax(rows, ['a', 'b', 'c'], { penalty: l2(0.1) })
    expect(model.fit.status).toBe('converged')
    expect(() =>
      fitSoftmax(rows, ['a', 'b', 'c'], { penalty: l2(0.1), classes: ['a', 'b', 'c', 'd'] }),
    ).toThrow('got none of "d"')
  })
  it('p = 0: shares of the classes', () => {
    const model = fitSoftmax(
      y.map(() => []),
      y.map((label, i) => (i % 5 ? label : 'other')),
    )
    expect(model.fit.status).toBe('converged')
    const p = predictProbability(model, [[]]).data
    const expected = [30, 40, 40, 40].map((count) => count / 150)
    expect(model.classes[0]).toBe('other')
    p.forEach((v, k) => {
      expect(v).toBeCloseTo(expected[k], 12)
    })
    expect(() =>
      fitSoftmax(
        y.map(() => []),
        y,
        { intercept: false },
      ),
    ).toThrow('fitSoftmax: expected an intercept or a column that is not zero, got neither')
  })
  it('p > n, beyond 200 coordinates: by the default and by Newton-CG alone', () => {
    const next = random01(5)
    const rows = Array.from({ length: 50 }, () => Array.from({ length: 90 }, () => next() - 0.5))
    const labels = rows.map(([a]) => Math.floor(2.99 * (a + 0.5)))
    const model = fitSoftmax(rows, labels, { penalty: l2(0.01) })
    expect(model.fit.status).toBe('converged')
    expect(model.fit.dualityGap).toBeLessThan(1e-12)
    const plain = fitSoftmax(rows, labels, { penalty: l2(0.01), solver: (_, limits) => newtonCg(limits) })
    model.coefficients.flat().forEach((v, j) => {
      expect(v).toBeCloseTo(plain.coefficients.flat()[j], 6)
    })
  })
  it('beyond 200 coordinates without a penalty: separated, and noticed', () => {
    const next = random01(6)
    const rows = Array.from({ length: 40 }, () => Array.from({ length: 80 }, () => next() - 0.5))
    const model = fitSoftmax(
      rows,
      rows.map((_, i) => i % 3),
    )
    expect(model.fit.status).toBe('separated')
  })
})

it('two classes are the binary fit to 1e-10, intercepts too', () => {
  const [rows, labels] = [X.slice(50), y.slice(50)]
  const pairs: [Penalty, Penalty][] = [
    [l2(0.02), l2(0.01)],
    [l1(0.02), l1(0.02)],
    [elasticNet(0.05, 0.4), elasticNet(0.035, 0.02 / 0.035)],
  ]
  for (const [two, one] of pairs) {
    const a = fitSoftmax(rows, labels, { penalty: two, tolerance: 1e-13 })
    const b = fitLogistic(rows, labels, { penalty: one, tolerance: 1e-13 })
    const differences = [...a.coefficients[1], a.intercepts[1]].map(
      (v, j) => v - [...a.coefficients[0], a.intercepts[0]][j],
    )
    ;[...b.coefficients[0], b.intercepts[0]].forEach((v, j) => {
      expect(Math.abs(v - differences[j])).toBeLessThanOrEqual(1e-10 * Math.max(1, Math.abs(v)))
    })
  }
})

it('a design in place of X gives the same', () => {
  for (const fit of [fitSoftmax, fitOneVsRest])
    for (const penalty of [l2(0.01), l1(0.01)])
      expect(fit(dense(X), y, { penalty })).toEqual(fit(X, y, { penalty }))
  expect(decision(fitSoftmax(dense(X), y, { penalty: l2(1) }), X).shape).toEqual([150, 3])
})
