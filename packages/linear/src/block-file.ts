// A dense design whose rows are not in memory: they are asked for as they are needed. Its blocks are those of the dense design of the same
// numbers, and so are all sums: the same bits.
import { columnMoments } from './column-moments.ts'
import { demand } from './demand.ts'
import { strided } from './dense.ts'
import type { Design } from './design.ts'
import { fileReader, type RowSource } from './file-reader.ts'
import type { PackedColumns } from './packed-reader.ts'

/**
 * The design of n × p numbers that a function reads: from a file, or any source of rows that is larger than memory. In memory are 1 MiB for
 * each reader, and what a fit keeps for each row: labels, weights, η. Every question of a solver is one reading of all rows.
 *
 * Fits are those of `dense`, bit for bit. Solvers that go by coordinates ask for columns, each of which is a reading, and keep them: Newton's
 * method, L-BFGS and FISTA are the ones to use.
 *
 * @throws RangeError if rows or columns is not a whole number; and from whatever reads, if `read` returns a promise, or leaves a number out or
 *   not finite, which is then named by row and column
 */
export function blockFile(source: RowSource): Design {
  const { rows, columns, read } = source
  for (const [name, size] of Object.entries({ rows, columns }))
    demand(size >= 0 && size % 1 === 0, 'blockFile', `${name} a whole number`, size)
  demand(typeof read === 'function', 'blockFile', 'a function read', typeof read)
  const all = {
    from: Int32Array.from({ length: columns }, (_, j) => j),
    mean: new Float64Array(columns),
    inverse: new Float64Array(columns).fill(1),
  }
  return designOf(source, all, false)
}

function designOf(source: RowSource, taken: PackedColumns, intercept: boolean): Design {
  const { from, mean, inverse } = taken
  const { rows, columns } = source
  const inMemory = strided(
    { data: [], shape: [rows, columns], stride: [columns, 1], offset: 0 },
    taken,
    intercept,
  )
  const reader = () => fileReader(source, taken, inMemory.blockRows, inMemory.columns)
  const design: Design = {
    ...inMemory,
    stored: undefined,
    reader,
    moments: (weights) => columnMoments(design, reader(), weights),
    rescaled(centre, scale, keep) {
      // Ones stay ones: they are not among the columns.
      const kept = keep.filter((c) => c < from.length)
      return designOf(
        source,
        {
          from: kept.map((c) => from[c]),
          mean: Float64Array.from(kept, (c) => mean[c] + centre[c] / inverse[c]),
          inverse: Float64Array.from(kept, (c) => inverse[c] / scale[c]),
        },
        intercept,
      )
    },
    withIntercept: () => designOf(source, taken, true),
  }
  return design
}
