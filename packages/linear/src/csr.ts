// Compressed sparse rows as a design.
import type { Design } from './design.ts'
import { asMatrix, type Matrix, type MatrixLike } from './matrix.ts'
import { sparseDesign } from './sparse-design.ts'
import {
  addedUp,
  type CompressedArrays,
  checkedArrays,
  isOrdered,
  type SparseRows,
  transposed,
} from './sparse-rows.ts'

/** scipy's `csr_matrix`: `data`, `indices`, `indptr`, and its number of columns; its rows are indptr.length − 1. */
export interface CsrArrays extends CompressedArrays {
  readonly columns: number
}

/**
 * A sparse design, to be given to a fit or a prediction in place of X: its products cost what the entries cost that are not zero. Columns are
 * centred and scaled without being filled: by a rank-one correction. The model is the one of the dense matrix up to rounding; only the first
 * half of `dataHash` is another, since the dense one depends on where the zeros are read.
 *
 * @param arrays scipy's layout, or a matrix whose zeros are to be left out. Columns in any order; entries at the same place are added up, as
 *   scipy does; stored zeros are zeros. A Float64Array and Int32Arrays whose columns ascend in each row are shared, all else is copied once;
 *   never changed
 * @throws RangeError if lengths do not fit, `indptr` descends, an index is out of range, an entry is not a finite number
 */
export const csr = (arrays: CsrArrays | MatrixLike): Design => sparseDesign(csrRows('csr', arrays))

/**
 * The rows that `csr` makes a design of: checked, columns ascending, each once.
 *
 * @throws as `csr`, in the caller's name
 */
export function csrRows(caller: string, arrays: CsrArrays | MatrixLike): SparseRows {
  if (!Object(arrays).indptr) return rowsOf(asMatrix(caller, arrays as MatrixLike))
  const given = arrays as CsrArrays
  const rows = checkedArrays(caller, given, given.columns, 'columns')
  return isOrdered(rows) ? rows : addedUp(caller, transposed(transposed(rows)))
}

/** The entries of a matrix that are not zero. */
export function rowsOf({ data, shape, stride, offset }: Matrix): SparseRows {
  const [rows, columns] = shape
  const starts = new Int32Array(rows + 1)
  for (let i = 0; i < rows; i++) {
    let count = starts[i]
    for (let j = 0, q = offset + i * stride[0]; j < columns; j++, q += stride[1]) count += +(data[q] !== 0)
    starts[i + 1] = count
  }
  const indices = new Int32Array(starts[rows])
  const values = new Float64Array(starts[rows])
  for (let i = 0, to = 0; i < rows; i++)
    for (let j = 0, q = offset + i * stride[0]; j < columns; j++, q += stride[1])
      if (data[q] !== 0) {
        indices[to] = j
        values[to++] = data[q]
      }
  return { rows, columns, starts, indices, values }
}
