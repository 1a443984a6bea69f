// Compressed sparse columns as a design.
import type { Design } from './design.ts'
import { sparseDesign } from './sparse-design.ts'
import { addedUp, type CompressedArrays, checkedArrays, isOrdered, transposed } from './sparse-rows.ts'

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
export function csc(arrays: CscArrays): Design {
  const rows = transposed(checkedArrays('csc', Object(arrays), Object(arrays).rows, 'rows'))
  return sparseDesign(isOrdered(rows) ? rows : addedUp('csc', rows))
}
