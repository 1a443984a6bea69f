// A matrix is read in blocks of rows that fit the processor's cache, and a block can be multiplied from both sides. W is p × K, row-major.

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
