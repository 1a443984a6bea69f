// What a design is: it knows X and nothing of losses, and is read in blocks of rows. Rows 0 … n − 1, columns 0 … p − 1.
import type { BlockReader } from './block-reader.ts'
import type { ColumnEntries } from './column-entries.ts'
import type { Matrix } from './matrix.ts'
import type { PackedColumns } from './packed-reader.ts'
import type { Problem, ProblemOracle } from './problem.ts'
import type { RowWalk } from './row-walk.ts'
import type { SparseColumns } from './sparse-columns.ts'
import type { SparseRows } from './sparse-rows.ts'

/** Weighted moments of the columns, with weights that sum to 1. */
export interface ColumnMoments {
  readonly mean: Float64Array
  /** √(Σ sᵢ (xᵢⱼ − meanⱼ)²): the 1/N standard deviation; exactly 0 for a constant column; NaN where squares leave the doubles. */
  readonly deviation: Float64Array
  /** A fingerprint of the numbers, in the order of the rows: independent of strides and of the type of array. */
  readonly hash: number
}

/** What the columns of a design in memory are made of, (x − mean) · inverse of columns of a matrix; ones behind them are none of them. */
export type Stored =
  | { readonly matrix: Matrix; readonly columns: PackedColumns; readonly sparse?: undefined }
  | { readonly sparse: SparseRows; readonly columns: SparseColumns }

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
  /** Of sparse designs: the columns by their entries; made when it is called. */
  entries?(): ColumnEntries
  /**
   * For designs that can answer all about some losses in fewer steps than block by block: an oracle in place of the `plain` one, or
   * undefined. What it answers and its η differ from the plain one's by rounding only.
   */
  fused?(problem: Problem, plain: ProblemOracle): ProblemOracle | undefined
  /** Of designs in memory: the numbers, for who goes through them in a way of its own. */
  readonly stored?: Stored | undefined
  /**
   * For designs that are quick at going from row to row: see {@link RowWalk}. `metric`: M, one number > 0 for each column. With a `problem`
   * whose loss they know, they may offer its `sweep`. The walk stays valid whatever else is asked of the design.
   */
  walk?(metric: Float64Array, problem?: Problem): RowWalk
  /**
   * v ↦ out = M⁻¹v (`out` is never `v` itself), M = Σᵢ cᵢ xᵢxᵢᵀ + diag(ridge) being near to a Hessian: what solvers take as
   * `preconditioner`. For designs that are quicker at it than by the `gram` of their reader; default: by that.
   *
   * M is only to be near: single precision serves; where p × p numbers are too many, M's diagonal stands for it; where it is not
   * positive definite to the precision at hand, a share of its diagonal is added that makes it so (1 where that is 0). The
   * function stays valid whatever is asked of the design later.
   *
   * @param curvature n numbers cᵢ ≥ 0, read before this returns; rows with cᵢ = 0 cost nothing, so that a sample of the rows costs its
   *   share of a pass
   * @param ridge p numbers ≥ 0, one for each column, the intercept included
   */
  preconditioner?(curvature: Float64Array, ridge: Float64Array): (v: Float64Array, out: Float64Array) => void
  /**
   * For designs of which some rows are quicker to work with on their own than where they are: a copy of those rows, with the same columns. Default: a
   * view of them; also where the result is undefined, as for want of memory.
   *
   * @param runs the first row and the number of rows of each run of consecutive rows, in turn, ascending
   */
  take?(runs: readonly number[]): TakenRows | undefined
}

/** What a problem is solved on: some of the rows of a design, numbered from 0. */
export interface TakenRows
  extends Pick<Design, 'rows' | 'columns' | 'blockRows' | 'reader' | 'fused' | 'preconditioner'> {
  /** Gives back the memory of a copy, which is not to be used any more. */
  release?(): void
}

/** Calls `visit(first, rows)` for each block of rows, after the reader has read it: one pass over the data. */
export function eachBlock(
  design: Pick<Design, 'rows' | 'blockRows'>,
  reader: BlockReader,
  visit: (first: number, rows: number) => void,
): void {
  for (let first = 0; first < design.rows; first += design.blockRows) {
    const rows = Math.min(design.blockRows, design.rows - first)
    reader.read(first, rows)
    visit(first, rows)
  }
}
