// The plain object that a fit returns.
import { dataHash } from './data-hash.ts'
import type { Fitting, Shared, Solved } from './fitting.ts'
import type { EncodedLabels } from './labels.ts'
import type { Model } from './model.ts'

/** Puts together what a model says of its family, its data and its fit. */
export const asModel = (
  kind: Pick<Model, 'family' | 'positive' | 'reference'>,
  { terms, rawWeights }: Shared,
  { penalty, standardize, hash }: Fitting,
  { classes, indices }: EncodedLabels,
  offset: Float64Array | undefined,
  { coefficients, intercepts, aliased, record }: Solved,
): Model => ({
  format: 'logodds/model',
  version: 1,
  ...kind,
  classes,
  terms: [...terms],
  coefficients,
  intercepts,
  penalty,
  standardize,
  offset: offset !== undefined,
  aliased,
  fit: { ...record, dataHash: dataHash(hash, classes, indices, rawWeights, offset) },
})
