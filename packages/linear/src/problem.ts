// What is asked of the data, and by what: one loss over the rows of one design.
import type { BlockLoss } from '@logodds/core'
import type { CurvatureQuery, GradientQuery, HessianQuery, Oracle, ValueQuery } from '@logodds/optim'
import type { BlockReader } from './block-reader.ts'

/** What the objective of a design answers. */
export type ObjectiveQuery = ValueQuery | GradientQuery | CurvatureQuery | HessianQuery

/** One problem: f(W) = Σᵢ sᵢ ℓ(xᵢᵀW + oᵢ, yᵢ). */
export interface Problem {
  readonly blocks: BlockLoss
  /** K, the number of columns of η and W. */
  readonly width: number
  /** n targets, as the loss wants them: 0/1 for binary cross-entropy, class indices for categorical. */
  readonly y: Float64Array
  /** s: n weights that sum to 1. */
  readonly weights: Float64Array
  /** n × K (row-major), added to η. */
  readonly offset?: Float64Array | undefined
}

/** The objective of one problem. */
export interface ProblemOracle {
  readonly oracle: Oracle<ObjectiveQuery>
  /** η at `at`: n × K, with room behind for what fills up the last block. */
  readonly eta: Float64Array
  /** The last point that was asked about; NaN before the first question. */
  readonly at: Float64Array
  /** Passes over the data so far. */
  passes: number
  /**
   * For oracles that are quick at it: the K numbers to add to each row of η, as it is at `at`, so that the loss has no slope along them; undefined
   * where that is not at hand.
   */
  balance?(): ArrayLike<number> | undefined
  /**
   * For oracles that are quick at it: the n numbers sᵢ ∂²ℓᵢ/∂η² at `at`, for one column of η, until something else is asked; undefined where that is not at
   * hand. Costs a pass at most.
   */
  curvature?(): Float64Array | undefined
  /** Makes ready for a pass. The result adds a block's part of the answer to the query, and returns its part of f. */
  begin(query: ObjectiveQuery): (reader: BlockReader, first: number, rows: number) => number
}
