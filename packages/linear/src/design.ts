// What a design is: it knows X and nothing of losses. It is read in blocks of rows that fit the processor's cache, and a
// block can be multiplied from both sides. Rows 0 … n − 1, columns 0 … p − 1; W is p × K, row-major.

/** Reads blocks of rows into scratch of its own; one reader for each pass or thread. */
export interface BlockReader {
  /** Makes rows first … first + rows − 1 the current block; rows ≤ design.blockRows. */
  read(first: number, rows: number): void
  /** Makes any rows, at most design.blockRows of them and in any order, the current block. */
  gather?(rows: Int32Array): void
  /** out (rows × K) = X_B W. */
  multiply(w: Float64Array, width: number, out: Float64Array): void
  /** out (p × K) += X_Bᵀ R, with R rows × K; finite numbers, which do not matter, after the last row. */
  multiplyTransposed(r: Float64Array, width: number, out: Float64Array): void
  /**
   * out (pK × pK) += Σᵢ (xᵢxᵢᵀ) ⊗ Sᵢ over the block, Sᵢ being the i-th (symmetric) K × K matrix of `s`. Of the entries
   * (jK + k, lK + m) only those with l ≤ j and m ≤ k are filled; the others equal them.
   */
  gram(s: Float64Array, width: number, out: Float64Array): void
}

/** Weighted moments of the columns, with weights that sum to 1. */
export interface ColumnMoments {
  readonly mean: Float64Array
  /** √(Σ sᵢ (xᵢⱼ − meanⱼ)²): the 1/N standard deviation; exactly 0 for a constant column; NaN where squares leave the doubles. */
  readonly deviation: Float64Array
  /** A fingerprint of the numbers, in the order of the rows: independent of strides and of the type of array. */
  readonly hash: number
}

export interface Design {
  readonly rows: number
  readonly columns: number
  /** The most rows that a block may have; arrays for a block's rows have room for as many. */
  readonly blockRows: number
  reader(): BlockReader
  /** One pass. */
  moments(weights: Float64Array): ColumnMoments
  /** The design of (x_c − centre_c) / scale_c for the columns c listed in `keep`, without a copy of the data. */
  rescaled(centre: Float64Array, scale: Float64Array, keep: Int32Array): Design
  /** The design [X 1]: one more column, the last. */
  withIntercept(): Design
}

/** Calls `visit(first, rows)` for each block of rows, after the reader has read it: one pass over the data. */
export function eachBlock(
  design: Design,
  reader: BlockReader,
  visit: (first: number, rows: number) => void,
): void {
  for (let first = 0; first < design.rows; first += design.blockRows) {
    const rows = Math.min(design.blockRows, design.rows - first)
    reader.read(first, rows)
    visit(first, rows)
  }
}
