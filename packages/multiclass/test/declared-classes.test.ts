// Classes that the caller declares: what is missing is an error by name, unless it is left out on purpose.
import { l2 } from '@logodds/optim'
import { describe, expect, it } from 'vitest'
import { fitOneVsOne, fitOneVsRest, fitSoftmax } from '../src/index.ts'
import { columns, table } from './tables.ts'

const iris = table('iris')
const X = columns(...['sepal_length', 'sepal_width', 'petal_length', 'petal_width'].map(iris.number))
const y = iris.text('species')
const classes = ['setosa', 'versicolor', 'virginica']
const penalty = l2(0.01)

describe.each([
  ['fitSoftmax', fitSoftmax],
  ['fitOneVsRest', fitOneVsRest],
  ['fitOneVsOne', fitOneVsOne],
] as const)('%s', (name, fit) => {
  it('the classes of y, declared, change nothing', () => {
    expect(fit(X, y, { penalty, classes })).toEqual(fit(X, y, { penalty }))
    expect(fit(X, y, { penalty, classes: [...classes].reverse() })).toEqual(fit(X, y, { penalty }))
  })
  it('a class without rows is named', () => {
    expect(() => fit(X, y, { penalty, classes: [...classes, 'rose'] })).toThrow(
      `${name}: expected rows of every class in classes (or a class weight of 0, to leave it out), got none of "rose"`,
    )
    expect(() => fit(X, y, { penalty, classes: [...classes, 'rose'], classWeights: 'balanced' })).toThrow(
      'got none of "rose"',
    )
    expect(() => fit(X, y, { penalty, classes: [...classes, 'rose'], classWeights: { rose: 1 } })).toThrow(
      'got none of "rose"',
    )
  })
  it('with a weight of zero it is left out, of the model too', () => {
    const plain = fit(X, y, { penalty, classWeights: { setosa: 2 } })
    expect(
      fit(X, y, { penalty, classes: [...classes, 'rose'], classWeights: { rose: 0, setosa: 2 } }),
    ).toEqual(plain)
    const byLabel = new Map([
      ['rose', 0],
      ['setosa', 2],
    ])
    expect(fit(X, y, { penalty, classes: [...classes, 'rose'], classWeights: byLabel })).toEqual(plain)
    expect(plain.classes).toEqual(classes)
  })
  it('a label that was not declared is named', () => {
    expect(() => fit(X, y, { penalty, classes: classes.slice(1) })).toThrow(
      `${name}: expected labels among the classes ["versicolor","virginica"], got "setosa"`,
    )
  })
  it('a class that has rows needs weight, and unknown class weights are named', () => {
    expect(() => fit(X, y, { penalty, classes, classWeights: { setosa: 0 } })).toThrow(
      /expected weight on every class, got 0 on (true|false|"setosa")/,
    )
    expect(() =>
      fit(X, y, { penalty, classes: [...classes, 'rose'], classWeights: { rose: 0, tulip: 1 } }),
    ).toThrow('got "tulip"')
  })
  it('numbers as labels, whose class weights are keyed by their text', () => {
    const numbers = y.map((label) => classes.indexOf(label))
    const plain = fit(X, numbers, { penalty, classWeights: { 2: 3 } })
    expect(fit(X, numbers, { penalty, classes: [0, 1, 2, 3], classWeights: { 2: 3, 3: 0 } })).toEqual(plain)
  })
})
