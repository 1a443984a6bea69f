// A design over compressed sparse rows. Centring and scaling are virtual: (X − 1 meanᵀ) diag(inverse) w is X v − (meanᵀ v) 1 with
// v = inverse ∘ w, and so on, so that every product costs what the entries cost.
import type { Design, TakenRows } from './design.ts'
import { centredWhereLarge, entriesOf, type SparseColumns, selected } from './sparse-columns.ts'
import { sparseMoments } from './sparse-moments.ts'
import { sparseReader } from './sparse-reader.ts'
import { type SparseRows, someRows, transposed } from './sparse-rows.ts'

// What is done for each column of a block (of K columns of η) is little beside what is done for its entries; and these, 12 bytes each,
// are still in the second cache when they are read again.
const BLOCK_ENTRIES = 65536
const ENTRIES_PER_COLUMN = 8
// A block's scratch is as long, K² times.
const MOST_ROWS = 8192

/**
 * What answers for columns of a matrix in place of the plain parts of a design; `plain` has those. Asked once for each choice of columns, with
 * the same matrix as long as it is the same.
 */
export type SparseParts = (
  matrix: SparseRows,
  columns: SparseColumns,
  plain: Design,
) => Partial<Design> & Pick<TakenRows, 'release'>

/**
 * The design of compressed sparse rows, such as `csrRows` and `cscRows` make of scipy's arrays: what `csr` gives.
 *
 * @param matrix is not copied; columns ascend in each row
 * @param parts whoever can go through the entries faster than plain TypeScript; default: nobody
 */
export function sparseDesign(matrix: SparseRows, parts?: SparseParts): Design {
  return designOf(
    matrix,
    {
      from: Int32Array.from({ length: matrix.columns }, (_, j) => j),
      mean: new Float64Array(matrix.columns),
      inverse: new Float64Array(matrix.columns).fill(1),
      intercept: false,
    },
    parts,
  )
}

function designOf(
  matrix: SparseRows,
  columns: SparseColumns,
  parts: SparseParts | undefined,
): Design & Pick<TakenRows, 'release'> {
  const { from, mean, inverse, intercept } = columns
  const { rows } = matrix
  const entries = Math.max(BLOCK_ENTRIES, ENTRIES_PER_COLUMN * matrix.columns)
  const share = Math.ceil((rows * entries) / (matrix.values.length || 1))
  let turned: SparseRows | undefined
  const plain: Design = {
    rows,
    columns: from.length + +intercept,
    blockRows: Math.max(1, Math.min(MOST_ROWS, share)),
    reader: () => sparseReader(matrix, columns),
    stored: { sparse: matrix, columns },
    moments: (weights) => sparseMoments(matrix, columns, weights),
    rescaled(centre, scale, keep) {
      // Ones stay ones: they are not among the columns.
      const kept = keep.filter((c) => c < from.length)
      const wanted = {
        from: kept.map((c) => from[c]),
        mean: Float64Array.from(kept, (c) => mean[c] + centre[c] / inverse[c]),
        inverse: Float64Array.from(kept, (c) => inverse[c] / scale[c]),
        intercept,
      }
      // Most of the columns are looked up where they are; few of them, or in another order, become a matrix of their own.
      const ascend = wanted.from.every((c, j) => !j || c > wanted.from[j - 1])
      if (ascend && 2 * kept.length >= matrix.columns) {
        const found = centredWhereLarge(matrix, wanted)
        return designOf(found.matrix, found.columns, parts)
      }
      if (kept.length) turned ??= transposed(matrix)
      const few = selected(turned ?? nothing(rows), wanted.from)
      const found = centredWhereLarge(few, { ...wanted, from: kept.map((_, j) => j) })
      return designOf(found.matrix, found.columns, parts)
    },
    entries() {
      turned ??= transposed(matrix)
      return entriesOf(turned, columns)
    },
    take: (runs) => designOf(someRows(matrix, runs), columns, parts),
    withIntercept: () => designOf(matrix, { ...columns, intercept: true }, parts),
  }
  return { ...plain, ...parts?.(matrix, columns, plain) }
}

// The transpose of a matrix without columns.
const nothing = (rows: number): SparseRows => ({
  rows: 0,
  columns: rows,
  starts: new Int32Array(1),
  indices: new Int32Array(),
  values: new Float64Array(),
})
