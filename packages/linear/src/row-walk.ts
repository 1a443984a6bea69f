// From row to row: w = w₀ + M Σ αᵢxᵢ for a diagonal M, kept up to date as αᵢ changes. What dual coordinate descent does to a design.

/** A vector w of as many numbers as the design has columns, and what a row has to do with it. */
export interface RowWalk {
  /** w ← a copy of `w`. */
  begin(w: Float64Array): void
  /** xᵢᵀw. */
  dot(i: number): number
  /** xᵢᵀM xᵢ. */
  square(i: number): number
  /** w ← w + by · M xᵢ. */
  add(i: number, by: number): void
  /** Writes w. */
  read(out: Float64Array): void
  /**
   * Where the design can go over many rows of a problem in one call: each αᵢ in turn to the minimum of the dual along it, `dual` and w with it.
   * Returns Σ xᵢᵀMxᵢ (change of αᵢ)².
   */
  sweep?(order: Int32Array, dual: Float64Array): number
}
