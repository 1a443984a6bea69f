// A dense design whose products, moments and Gram matrices are WebAssembly's, with the same interface as the plain one.
import { binaryCrossEntropyBlocks, categoricalCrossEntropyBlocks } from '@logodds/core'
import type { DenseMatrix, Design, MatrixLike } from '@logodds/linear'
import type { DenseColumns } from './dense-columns.ts'
import { denseMoments } from './dense-moments.ts'
import { denseReader } from './dense-reader.ts'
import { denseSoftmax } from './dense-softmax.ts'
import { blockRowsOf, type DenseStorage, denseStorage, stored } from './dense-storage.ts'
import { freeable } from './free.ts'
import { logisticOracle } from './logistic-oracle.ts'

/**
 * A dense design over X in WebAssembly memory, to be given to a fit in place of X: `fitLogistic(dense(X), y)`. The fit is the same up to
 * rounding, in a fraction of the time; the logistic loss is part of it, so that a question costs one pass at the speed of memory.
 *
 * @param X n × p: an ndarray of any stride, or rows of numbers; copied once (8np bytes), unless it is a {@link matrix}; not changed
 * @throws RangeError if X is no matrix, its rows differ in length, an entry is not a finite number, or there is not as much memory
 */
export function dense(X: MatrixLike): Design {
  const storage = stored('dense', X)
  const p = storage.columns
  return designOf(storage, {
    from: Int32Array.from({ length: p }, (_, j) => j),
    mean: new Float64Array(p),
    inverse: new Float64Array(p).fill(1),
    intercept: false,
  })
}

/**
 * An n × p matrix of zeros in WebAssembly memory, row-major, to be filled in and given to {@link dense}, which then copies nothing.
 *
 * @throws RangeError if n or p is not a whole number ≥ 1, or there is not as much memory
 */
export function matrix(n: number, p: number): DenseMatrix {
  for (const [name, size] of Object.entries({ n, p }))
    if (!(size >= 1 && size % 1 === 0))
      throw new RangeError(`matrix: expected ${name} a whole number >= 1, got ${size}`)
  const { numbers: data, release } = denseStorage(n, p)
  return { data: freeable(data, release), shape: [n, p], stride: [p, 1], offset: 0 }
}

function designOf(storage: DenseStorage, columns: DenseColumns): Design {
  const { from, mean, inverse, intercept } = columns
  const size = from.length + +intercept
  const design: Design = {
    rows: storage.rows,
    columns: size,
    blockRows: blockRowsOf(size),
    reader: () => denseReader(storage, columns),
    moments: (weights) => denseMoments(storage, columns, weights),
    rescaled(centre, scale, keep) {
      // Ones stay ones: they are not among the columns.
      const kept = keep.filter((c) => c < from.length)
      return designOf(storage, {
        from: kept.map((c) => from[c]),
        mean: Float64Array.from(kept, (c) => mean[c] + centre[c] / inverse[c]),
        inverse: Float64Array.from(kept, (c) => inverse[c] / scale[c]),
        intercept,
      })
    },
    fused(problem, plain) {
      if (from.length === 0) return
      if (problem.blocks === categoricalCrossEntropyBlocks)
        return denseSoftmax(storage, columns, problem, plain)
      if (problem.blocks === binaryCrossEntropyBlocks && problem.width === 1)
        return logisticOracle(storage, columns, problem, plain)
    },
    withIntercept: () => designOf(storage, { ...columns, intercept: true }),
  }
  return freeable(design, storage.release)
}
