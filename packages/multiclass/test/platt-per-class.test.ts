// Platt's map for each class, against scikit-learn, and as the calibration of a one-vs-rest model.
import { fitPlatt } from '@logodds/linear'
import { l2 } from '@logodds/optim'
import { expect, it } from 'vitest'
import {
  applyPlattPerClass,
  decide,
  decision,
  fitOneVsRest,
  fitPlattPerClass,
  predictProbability,
} from '../src/index.ts'
import { columns, json, table } from './tables.ts'

const reference = json<{
  truth: number[]
  scores: number[][]
  slopes: number[]
  intercepts: number[]
  probabilities: number[][]
}>('calibration')
const { truth, scores } = reference
const maps = fitPlattPerClass(truth, scores)

it("is scikit-learn's, to the precision of its BFGS", () => {
  maps.forEach(({ slope, intercept, positive, kind }, k) => {
    expect([kind, positive]).toEqual(['platt', k])
    expect(Math.abs(slope - reference.slopes[k])).toBeLessThan(1e-4)
    expect(Math.abs(intercept - reference.intercepts[k])).toBeLessThan(1e-4)
  })
  const p = applyPlattPerClass(maps, scores)
  expect(p.shape).toEqual([75, 3])
  reference.probabilities.flat().forEach((v, q) => {
    expect(Math.abs(p.data[q] - v)).toBeLessThan(1e-5)
  })
})

it('each class has the map that its column has alone', () => {
  maps.forEach((map, k) => {
    const alone = fitPlatt(
      truth.map((label) => label === k),
      scores.map((row) => row[k]),
    )
    expect(map).toEqual({ ...alone, positive: k })
  })
  expect(JSON.parse(JSON.stringify(maps))).toEqual(maps)
})

it('calibrates a one-vs-rest model', () => {
  const iris = table('iris')
  const X = columns(...['sepal_length', 'sepal_width'].map(iris.number))
  const y = iris.text('species')
  const even = X.filter((_, i) => i % 2 === 0)
  const odd = X.filter((_, i) => i % 2)
  const model = fitOneVsRest(
    even,
    y.filter((_, i) => i % 2 === 0),
    { penalty: l2(0.1) },
  )
  const truthOfOdd = y.filter((_, i) => i % 2)
  const own = fitPlattPerClass(truthOfOdd, decision(model, odd))
  const calibration = (s: Parameters<typeof applyPlattPerClass>[1]) => applyPlattPerClass(own, s)
  const p = predictProbability(model, odd, { calibration }).data
  const q = predictProbability(model, odd).data
  const logLoss = (probabilities: Float64Array) =>
    truthOfOdd.reduce(
      (sum, label, i) => sum - Math.log(probabilities[3 * i + model.classes.indexOf(label)]),
      0,
    )
  expect(logLoss(p)).toBeLessThan(logLoss(q))
  expect(decide(model, odd, { calibration }).basis).toBe('calibrated')
})

it('mistakes are named', () => {
  expect(() => fitPlattPerClass(truth.slice(1), scores)).toThrow('fitPlattPerClass: expected y.length 75')
  expect(() => fitPlattPerClass(truth, scores, { classes: [0, 1] })).toThrow(
    'expected 3 classes (columns of scores), got 2',
  )
  expect(() => fitPlattPerClass(truth, scores, { classes: [0, 1, 3] })).toThrow(
    'expected labels among [0,1,3], got 2',
  )
  expect(() =>
    fitPlattPerClass(
      truth.map((k) => k % 2),
      scores,
      { classes: [0, 1, 2] },
    ),
  ).toThrow('expected rows of every class, got none of 2')
  expect(() => applyPlattPerClass(maps, [[1, 2]])).toThrow(
    'applyPlattPerClass: expected 3 columns of scores, got 2',
  )
  expect(() =>
    applyPlattPerClass(
      maps,
      [[-1e9, -1e9, -1e9]].map((row) => row.map((v, k) => v * Math.sign(maps[k].slope))),
    ),
  ).toThrow('applyPlattPerClass: expected a probability above 0 in row 0, got none')
})
