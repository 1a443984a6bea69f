// Compressed sparse columns as a design.
import type { Design } from './design.ts'
import { sparseDesign } from './sparse-design.ts'
import {
  addedUp,
  type CompressedArrays,
  checkedArrays,
  isOrdered,
  type SparseRows,
  transposed,
} from './sparse-rows.ts'

/** scipy's `csc_matrix`: `data`, `indices`, `indptr`, and its number of rows; its columns are indptr.length − 1. */
export interface CscArrays extends CompressedArrays {
  readonly rows: number
}

/**
 * A sparse design like that of `csr`, from columns. They are turned into rows once, which costs about as much as three passes over the data:
 * a pass asks for blocks of rows, so that value and gradient come from one reading, and columns would have to be searched for each block.
 *
 * @param arrays scipy's layout; rows in any order, entries at the same place are added up; not changed
 * @throws as `csr`
 */
export const csc = (arrays: CscArrays): Design => sparseDesign(cscRows('csc', arrays))

/**
 * The rows that `csc` makes a design of: checked, columns ascending, each once.
 *
 * @throws as `csc`, in the caller's name
 */
export function cscRows(caller: string, arrays: CscArrays): SparseRows {
  const rows = transposed(checkedArrays(caller, Object(arrays), Object(arrays).rows, 'rows'))
  return isOrdered(rows) ? rows : addedUp(caller, rows)
}
