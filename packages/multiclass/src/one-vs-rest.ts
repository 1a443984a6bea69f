// One-vs-rest around any binary fit: a function from rows and labels to a model becomes one for any number of classes.
import { encodeLabels, type Label, type MatrixLike, type Model } from '@logodds/linear'
import { together } from './together.ts'

/** A fit of two classes, `true` being the positive one, that returns a binary model. */
export type BinaryFit<Options> = (X: MatrixLike, y: boolean[], options?: Options) => Model

/**
 * Makes a one-vs-rest fit of a binary one, which is called once for each class with labels `true` (the class) and `false`. For
 * `fitLogistic` itself, `fitOneVsRest` gives the same and shares the passes.
 *
 * @example const fitRobust = oneVsRest((X, y) => myBinaryFit(X, y))
 */
export function oneVsRest<Options>(
  fit: BinaryFit<Options>,
): (X: MatrixLike, y: ArrayLike<Label>, options?: Options) => Model {
  return (X, y, options) => {
    const { classes, indices } = encodeLabels('oneVsRest', y, y?.length)
    const models = classes.map((label, k) => {
      const model = fit(
        X,
        Array.from(indices, (index) => index === k),
        options,
      )
      if (model?.family !== 'binary' || model.positive !== true)
        throw new TypeError(
          `oneVsRest: expected a binary model whose positive class is true for class ${JSON.stringify(label)}, got a ${model?.family} one for ${JSON.stringify(model?.positive)}`,
        )
      return model
    })
    const records = models.map((model) => model.fit)
    return {
      ...models[0],
      family: 'one-vs-rest',
      classes,
      positive: null,
      coefficients: models.map(({ coefficients }) => coefficients[0]),
      intercepts: models.map(({ intercepts }) => intercepts[0]),
      aliased: [...new Set(models.flatMap(({ aliased }) => aliased))],
      fit: {
        ...together(records, (k) => `Class ${JSON.stringify(classes[k])} against the rest`, 'classes'),
        // Nothing was shared: each fit made its own passes.
        passes: records.reduce((sum, { passes }) => sum + passes, 0),
        dataHash: records[0].dataHash,
      },
    }
  }
}
