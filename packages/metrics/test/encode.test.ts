// The doors that all functions of labels share: what is wrong with truth, predicted and weights, and how the error says so.
import { describe, expect, test } from 'vitest'
import * as metrics from '../src/index.ts'
import type { Label } from '../src/label.ts'

type Call = (truth: Label[], said: Label[], weights?: number[]) => unknown

const scores = (said: Label[]) => said.map((_, i) => i / 10)
const ofLabels: Record<string, Call> = {
  accuracy: (truth, said, weights) => metrics.accuracy(truth, said, { weights }),
  confusionMatrix: (truth, said, weights) => metrics.confusionMatrix(truth, said, { weights }),
  precision: (truth, said, weights) => metrics.precision(truth, said, { weights }),
  recall: (truth, said, weights) => metrics.recall(truth, said, { weights }),
  f1: (truth, said, weights) => metrics.f1(truth, said, { weights }),
  perClass: (truth, said, weights) => metrics.perClass(truth, said, { weights }),
}
const ofNumbers: Record<string, Call> = {
  baselineLogLoss: (truth, _, weights) => metrics.baselineLogLoss(truth, { weights }),
  logLoss: (truth, said, weights) => metrics.logLoss(truth, scores(said), { weights }),
  brierScore: (truth, said, weights) => metrics.brierScore(truth, scores(said), { weights }),
  rocAuc: (truth, said, weights) => metrics.rocAuc(truth, scores(said), { weights }),
  rocCurve: (truth, said, weights) => metrics.rocCurve(truth, scores(said), { weights }),
  precisionRecallCurve: (truth, said, weights) =>
    metrics.precisionRecallCurve(truth, scores(said), { weights }),
  averagePrecision: (truth, said, weights) => metrics.averagePrecision(truth, scores(said), { weights }),
}
const missing = (value: unknown) => value as Label

describe.each(Object.entries({ ...ofLabels, ...ofNumbers }))('%s', (name, call) => {
  const labelled = 'like all labels a string, finite number or boolean'

  test('no rows', () => {
    expect(() => call([], [])).toThrow(`${name}: expected truth.length > 0, got 0`)
    expect(() => call(undefined as unknown as Label[], [1])).toThrow(
      `${name}: expected truth.length > 0, got undefined`,
    )
  })

  test('labels that are none', () => {
    expect(() => call([0, NaN], [0, 1])).toThrow(`${name}: expected truth[1] ${labelled}, got NaN`)
    expect(() => call([0, -Infinity], [0, 1])).toThrow(
      `${name}: expected truth[1] ${labelled}, got -Infinity`,
    )
    expect(() => call([missing(undefined), 1], [0, 1])).toThrow(
      `${name}: expected truth[0] ${labelled}, got undefined`,
    )
    expect(() => call(['a', missing(null)], ['a', 'b'])).toThrow(
      `${name}: expected truth[1] ${labelled}, got null`,
    )
    expect(() => call([0, missing(Symbol('x'))], [0, 1])).toThrow(
      `${name}: expected truth[1] ${labelled}, got Symbol(x)`,
    )
    expect(() => call([0, missing({})], [0, 1])).toThrow(TypeError)
    expect(() => call([0, missing(1n)], [0, 1])).toThrow(TypeError)
  })

  test('labels of two types: 1 and "1" are different classes', () => {
    expect(() => call([0, 1, '1'], [0, 1, 1])).toThrow(`${name}: expected truth[2] ${labelled}, got "1"`)
    expect(() => call([false, 1], [false, true])).toThrow(`${name}: expected truth[1] ${labelled}, got 1`)
  })

  test('weights that are none', () => {
    const weighted = (weights: unknown) => () => call([0, 1, 1], [0, 1, 1], weights as number[])
    expect(weighted([1, -1, 1])).toThrow(`${name}: expected weights[1] finite and >= 0, got -1`)
    expect(weighted([1, 1, NaN])).toThrow(`${name}: expected weights[2] finite and >= 0, got NaN`)
    expect(weighted([Infinity, 1, 1])).toThrow(`${name}: expected weights[0] finite and >= 0, got Infinity`)
    expect(weighted([1, 1, '1'])).toThrow(`${name}: expected weights[2] finite and >= 0, got "1"`)
    expect(weighted([1, 1])).toThrow(`${name}: expected weights.length 3 (rows of truth), got 2`)
    expect(weighted([0, 0, 0])).toThrow(`${name}: expected weights with a sum in (0, 1e300], got 0`)
    expect(weighted([1e308, 1e308, 1e308])).toThrow(
      `${name}: expected weights with a sum in (0, 1e300], got Infinity`,
    )
  })

  test('weights on any scale, and of typed arrays, give a number', () => {
    const truth = [0, 1, 1, 0, 1]
    const said = [0, 1, 0, 1, 1]
    const plain = JSON.stringify(call(truth, said, [1, 1, 1, 1, 1]))
    expect(plain).not.toContain('null,"f1"')
    for (const scale of [1e-308, 1e299]) {
      const scaled = JSON.stringify(call(truth, said, Array(5).fill(scale)))
      expect(scaled).not.toMatch(/NaN|null,"f1"/)
    }
    expect(JSON.stringify(call(truth, said, Float32Array.of(1, 1, 1, 1, 1) as unknown as number[]))).toBe(
      plain,
    )
  })

  test('a row of weight 0 is as if it were not there, but its label has to be one', () => {
    const without = call([0, 1, 1, 0], [1, 1, 0, 0], [1, 2, 3, 1])
    expect(call([0, 1, 1, 0, 7], [1, 1, 0, 0, 8], [1, 2, 3, 1, 0])).toEqual(without)
    expect(() => call([0, 1, missing(null)], [0, 1, 1], [1, 1, 0])).toThrow(`${name}: expected truth[2]`)
  })

  test('changes no input', () => {
    const inputs = [Object.freeze([1, 0, 1, 0]), Object.freeze([0, 0, 1, 1]), Object.freeze([1, 2, 1, 0.5])]
    expect(() => call(...(inputs as unknown as [Label[], Label[], number[]]))).not.toThrow()
  })
})

test.each(Object.entries(ofLabels))('%s: predicted', (name, call) => {
  expect(() => call([0, 1], [0])).toThrow(`${name}: expected predicted.length 2 (rows of truth), got 1`)
  expect(() => call([0, 1], [0, NaN])).toThrow(`${name}: expected predicted[1] like all`)
  expect(() => call([0, 1], ['0', '1'])).toThrow(`${name}: expected predicted[0] like all`)
})
