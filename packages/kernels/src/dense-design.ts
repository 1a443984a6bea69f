// A dense design whose products, moments and Gram matrices are WebAssembly's, with the same interface as the plain one.
import { binaryCrossEntropyBlocks, categoricalCrossEntropyBlocks } from '@logodds/core'
import type { DenseMatrix, Design, Matrix, MatrixLike } from '@logodds/linear'
import type { DenseColumns } from './dense-columns.ts'
import { denseMoments } from './dense-moments.ts'
import { densePreconditioner } from './dense-preconditioner.ts'
import { denseReader } from './dense-reader.ts'
import { denseSoftmax } from './dense-softmax.ts'
import { blockRowsFor, type DenseStorage, denseStorage } from './dense-storage.ts'
import { denseTake } from './dense-take.ts'
import { denseWalk } from './dense-walk.ts'
import { type Dtype, demandDtype } from './dtype.ts'
import { seen } from './finite.ts'
import { freeable } from './free.ts'
import { logisticOracle } from './logistic-oracle.ts'
import { type DenseOptions, stored } from './stored.ts'

/**
 * A dense design over X in WebAssembly memory, to be given to a fit in place of X: `fitLogistic(dense(X), y)`. The fit is the same up to
 * rounding, in a fraction of the time; the logistic loss is part of it, so that a question costs one pass at the speed of memory.
 *
 * @param X n × p: an ndarray of any stride, or rows of numbers; copied once, 8 bytes a number or 4 (`dtype`), unless it is a {@link matrix} or
 *   large (`stream`); not changed
 * @throws RangeError if X is no matrix, its rows differ in length, an entry is not a finite number, or not one of single precision where
 *   that is asked for; or if there is not as much memory: beside X some 50 bytes a row, and 8np or 8p² for Gram matrices,
 *   whichever is more (none beyond 2,044 columns). What is filled into a {@link matrix} is looked at when it is first used: by a fit before
 *   any work, in the pass that it begins with
 */
export function dense(X: MatrixLike, options?: DenseOptions): Design {
  const storage = stored('dense', X, options)
  const p = storage.columns
  return designOf(storage, {
    from: Int32Array.from({ length: p }, (_, j) => j),
    mean: new Float64Array(p),
    inverse: new Float64Array(p).fill(1),
    intercept: false,
  })
}

/** A row-major matrix of numbers of single precision. */
export interface Float32Matrix extends Matrix {
  readonly data: Float32Array
  readonly shape: [number, number]
  readonly stride: [number, number]
}

/**
 * An n × p matrix of zeros in WebAssembly memory, row-major, to be filled in and given to {@link dense}, which then copies nothing.
 *
 * @param dtype 'float64' (default), or 'float32' for a Float32Array and half the memory
 * @throws RangeError if n or p is not a whole number ≥ 1, or there is not as much memory: at most 4 GiB with what is beside the numbers
 */
export function matrix(
  n: number,
  p: number,
  options?: { readonly dtype?: 'float64' | undefined },
): DenseMatrix
export function matrix(n: number, p: number, options: { readonly dtype: 'float32' }): Float32Matrix
export function matrix(
  n: number,
  p: number,
  { dtype = 'float64' }: { readonly dtype?: Dtype | undefined } = {},
): Matrix {
  demandDtype('matrix', dtype)
  for (const [name, size] of Object.entries({ n, p }))
    if (!(size >= 1 && size % 1 === 0))
      throw new RangeError(`matrix: expected ${name} a whole number >= 1, got ${size}`)
  const { numbers: data, release } = denseStorage('matrix', n, p, dtype, undefined, false)
  return { data: freeable(data, release), shape: [n, p], stride: [p, 1], offset: 0 }
}

function designOf(storage: DenseStorage, columns: DenseColumns): Design {
  const { from, mean, inverse, intercept } = columns
  const size = from.length + +intercept
  const design: Design = {
    rows: storage.rows,
    columns: size,
    blockRows: blockRowsFor(storage, size),
    reader: () => denseReader(seen(storage), columns),
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
      // Doubles in place; what is brought goes block by block.
      if (!storage.source && !storage.single && problem.blocks === categoricalCrossEntropyBlocks)
        return denseSoftmax(seen(storage), columns, problem, plain)
      if (problem.blocks === binaryCrossEntropyBlocks && problem.width === 1)
        return logisticOracle(seen(storage), columns, problem, plain)
    },
    // Rows that come in pieces come in their order.
    ...(!storage.source && { walk: (metric, problem) => denseWalk(seen(storage), columns, metric, problem) }),
    preconditioner: (curvature, ridge) => densePreconditioner(seen(storage), columns, curvature, ridge),
    take(runs) {
      const taken = denseTake(seen(storage), runs)
      return taken && { ...designOf(taken, columns), release: taken.release }
    },
    withIntercept: () => designOf(storage, { ...columns, intercept: true }),
  }
  return freeable(design, storage.release)
}
