// Sparse designs whose products are WebAssembly's, with the same interface as the plain ones.
import { binaryCrossEntropyBlocks, categoricalCrossEntropyBlocks } from '@logodds/core'
import {
  type CscArrays,
  type CsrArrays,
  cscRows,
  csrRows,
  type Design,
  type MatrixLike,
  type SparseParts,
  type SparseRows,
  sparseDesign,
  sparseMoments,
} from '@logodds/linear'
import { freeable } from './free.ts'
import { sparseOracle } from './sparse-oracle.ts'
import { sparsePreconditioner } from './sparse-preconditioner.ts'
import { sparseReader } from './sparse-reader.ts'
import { sparseSoftmax } from './sparse-softmax.ts'
import { storedRows } from './sparse-storage.ts'
import { takenRows } from './sparse-take.ts'
import { sparseWalks } from './sparse-walks.ts'

/**
 * A sparse design in WebAssembly memory, to be given to a fit in place of X: what `csr` of `@logodds/linear` gives, up to rounding, in a
 * fraction of the time. The logistic loss is part of it, so that a question costs one pass over the entries.
 *
 * @param arrays scipy's layout, or a matrix whose zeros are to be left out: see `csr` there. Copied once, 10 bytes an entry (12 beyond 65 536
 *   columns); not changed
 * @throws RangeError if lengths do not fit, `indptr` descends, an index is out of range, an entry is not a finite number, or there is not as
 *   much memory
 */
export const csr = (arrays: CsrArrays | MatrixLike): Design =>
  inMemory(takenRows(arrays) ?? csrRows('csr', arrays))

/**
 * A sparse design like that of {@link csr}, from columns, which are turned into rows once.
 *
 * @param arrays scipy's layout: see `csc` of `@logodds/linear`; not changed
 * @throws as {@link csr}
 */
export const csc = (arrays: CscArrays): Design => inMemory(cscRows('csc', arrays))

/** The design of checked rows. */
export function inMemory(rows: SparseRows): Design {
  const { release } = storedRows(rows)
  return freeable(sparseDesign(rows, parts), release)
}

const parts: SparseParts = (matrix, columns, plain) => {
  // Without rows or columns there is nothing to be quick at; the storage of others is made when it is needed.
  if (!(columns.from.length && matrix.rows)) return {}
  const storage = () => storedRows(matrix)
  return {
    moments: (weights) => sparseMoments(matrix, columns, weights, sparseWalks(storage())),
    reader: () => sparseReader(storage(), columns, plain),
    fused(problem, oracle) {
      if (problem.blocks === binaryCrossEntropyBlocks && problem.width === 1)
        return sparseOracle(storage(), columns, problem, oracle)
      if (problem.blocks === categoricalCrossEntropyBlocks)
        return sparseSoftmax(storage(), columns, problem, oracle)
    },
    preconditioner: (curvature, ridge) => sparsePreconditioner(storage(), columns, curvature, ridge),
    release: () => storage().release(),
  }
}
