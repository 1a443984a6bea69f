// One-vs-one around any binary fit: a model for each pair of classes, fitted on the rows of the two.
import { asMatrix, encodeLabels, type Label, type MatrixLike, type Model, rowMajor } from '@logodds/linear'
import type { OneVsOneModel } from './class-model.ts'
import { demand } from './demand.ts'
import type { BinaryFit } from './one-vs-rest.ts'
import { together } from './together.ts'

/**
 * Makes a one-vs-one fit of a binary one, which is called for each of the K(K − 1)/2 pairs with the rows of the two classes and labels `false`
 * (the class that is sorted first) and `true` (the other). What it does about imbalance within a pair is its own affair: `(X, y) =>
 * fitLogistic(X, y, { classWeights: 'balanced' })`.
 *
 * @example const fitPairs = oneVsOne((X, y) => myBinaryFit(X, y))
 */
export function oneVsOne<Options>(
  fit: BinaryFit<Options>,
): (X: MatrixLike, y: ArrayLike<Label>, options?: Options) => OneVsOneModel {
  return (X, y, options) =>
    eachPair('oneVsOne', X, y, (rows, of) => {
      const model = fit(
        rows,
        of.map(({ second }) => second),
        options,
      )
      demand(
        model?.family === 'binary' && model.positive === true,
        'oneVsOne',
        'a binary model whose positive class is true',
        `a ${model?.family} one for ${JSON.stringify(model?.positive)}`,
      )
      return model
    })
}

/** A row of X, and whether it is of the second class of its pair. */
export interface PairRow {
  readonly row: number
  readonly second: boolean
}

/** Fits every pair of classes on its own rows, and makes one model of the binary ones. */
export function eachPair(
  caller: string,
  X: MatrixLike,
  y: ArrayLike<Label>,
  fit: (X: MatrixLike, rows: PairRow[], s: number, t: number, pair: number, classes: Label[]) => Model,
): OneVsOneModel {
  const { data, shape, stride, offset } = asMatrix(caller, X)
  const [n, p] = shape
  const { classes, indices } = encodeLabels(caller, y, n)
  const pairs = classes.flatMap((_, s) =>
    classes.slice(s + 1).map((__, d): [number, number] => [s, s + 1 + d]),
  )
  const models = pairs.map(([s, t], pair) => {
    const rows: PairRow[] = []
    indices.forEach((index, row) => {
      if (index === s || index === t) rows.push({ row, second: index === t })
    })
    const own = new Float64Array(rows.length * p)
    rows.forEach(({ row }, i) => {
      for (let j = 0; j < p; j++) own[i * p + j] = data[offset + row * stride[0] + j * stride[1]]
    })
    return fit(rowMajor(own, rows.length, p), rows, s, t, pair, classes)
  })
  const records = models.map((model) => model.fit)
  const quoted = (k: number) => JSON.stringify(classes[k])
  const sum = (of: (model: Model) => number) => models.reduce((total, model) => total + of(model), 0)
  const { format, version, terms, penalty, standardize } = models[0]
  return {
    format,
    version,
    family: 'one-vs-one',
    classes,
    pairs,
    terms,
    coefficients: models.map(({ coefficients }) => coefficients[0]),
    intercepts: models.map(({ intercepts }) => intercepts[0]),
    penalty,
    standardize,
    offset: false,
    aliased: [...new Set(models.flatMap(({ aliased }) => aliased))],
    fit: {
      ...together(records, (k) => `Class ${quoted(pairs[k][0])} against ${quoted(pairs[k][1])}`, 'pairs'),
      n,
      // Each row is in K − 1 pairs.
      weightSum: sum((model) => model.fit.weightSum) / (classes.length - 1),
      // Nothing is shared: each pair has passes of its own, over its own rows.
      passes: sum((model) => model.fit.passes),
      dataHash: ofAll(records.map(({ dataHash }) => dataHash)),
    },
  }
}

// One fingerprint of several: they are numbers of 64 bits, in hexadecimal digits.
const ofAll = (hashes: readonly string[]) =>
  hashes
    .reduce((all, hash) => BigInt.asUintN(64, all * 0x9e3779b97f4a7c15n + BigInt(`0x${hash}`)), 0n)
    .toString(16)
    .padStart(16, '0')
