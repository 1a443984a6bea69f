// The plain object that a fit returns.
import { dataHash } from './data-hash.ts'
import type { Solved } from './fit.ts'
import type { EncodedLabels } from './labels.ts'
import type { Model, ModelBody } from './model.ts'
import type { Survey } from './survey.ts'

/** Puts together what a model says of its family, its data and its fit. */
export const asModel = <const Kind>(
  kind: Kind,
  { terms, rawWeights, penalty, standardize, hash }: Survey,
  { classes, indices }: Pick<EncodedLabels, 'classes' | 'indices'>,
  offset: Float64Array | undefined,
  { record, ...solved }: Solved,
): Kind & Pick<Model, 'classes'> & ModelBody => ({
  format: 'logodds/model',
  version: 1,
  ...kind,
  classes,
  terms: [...terms],
  ...solved,
  penalty: { kind: penalty?.name ?? 'none', lambda: penalty?.lambda ?? 0, alpha: penalty?.alpha ?? null },
  standardize,
  offset: !!offset,
  fit: {
    ...record,
    dataHash: dataHash(
      hash,
      Float64Array.from(JSON.stringify(classes), (character) => character.charCodeAt(0)),
      indices,
      rawWeights,
      offset,
    ),
  },
})
