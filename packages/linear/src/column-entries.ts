// What a sparse design consists of, column by column.

/** A sparse design by columns: xᵢⱼ is the value of the entry at row i, or 0 where there is none, less shiftⱼ. */
export interface ColumnEntries {
  /** Column j has the entries starts[j] … starts[j + 1] − 1. */
  readonly starts: Int32Array
  /** The row of each entry. */
  readonly rows: Int32Array
  readonly values: Float64Array
  /** Of each column. */
  readonly shift: Float64Array
}
