// The objective of one problem with any loss, for those who bring their own loss, solver or design.
import { blockForm, type Loss } from '@logodds/core'
import { type Oracle, penalized, type SmoothPenalty } from '@logodds/optim'
import { checkedNumbers, demand } from './demand.ts'
import type { Design } from './design.ts'
import { type ObjectiveQuery, problemOracle } from './objective.ts'
import { spectralBound } from './spectral-bound.ts'

export interface ObjectiveOptions {
  readonly design: Design
  readonly loss: Loss
  /** n targets, as the loss wants them: 0/1 for binary cross-entropy, class indices for categorical. */
  readonly y: ArrayLike<number>
  /** n weights ≥ 0, of any sum > 0, which is normalised to 1; default: all alike. */
  readonly weights?: ArrayLike<number> | undefined
  /** n × K (row-major), added to η; default: none. */
  readonly offset?: ArrayLike<number> | undefined
  /** A smooth penalty of all (columns × K) coordinates, added to the answers; others belong to the solver. */
  readonly penalty?: SmoothPenalty | undefined
  /** K, the number of columns of η and W; default 1. */
  readonly width?: number | undefined
}

/** An oracle that also knows its size and its smoothness. */
export interface Objective extends Oracle<ObjectiveQuery> {
  /** (Columns of the design) × K. */
  readonly size: number
  /** Passes over the data so far. */
  readonly passes: number
  /** An upper bound of the largest eigenvalue of ∇²f anywhere: 1/smoothness() is a step that guarantees descent. One pass. */
  smoothness(): number
}

/**
 * The objective Σ s ℓ(XW + o, y) + P(W), one pass over the data for each query.
 *
 * @throws RangeError if y, weights or offset do not have the length that the design asks for, or no weight is positive.
 */
export function objective(options: ObjectiveOptions): Objective {
  const { design, loss, penalty, width = 1 } = options
  const { rows, columns } = design
  const caller = 'objective'
  const y = checkedNumbers(caller, 'y', options.y, rows, -Infinity)
  const raw = checkedNumbers(caller, 'weights', options.weights ?? new Float64Array(rows).fill(1), rows, 0)
  const sum = raw.reduce((a, b) => a + b, 0)
  demand(sum > 0 && sum < Infinity, caller, 'weights with a positive sum', sum)
  const weights = raw.map((w) => w / sum)
  const offset = options.offset && checkedNumbers(caller, 'offset', options.offset, rows * width, -Infinity)
  const data = problemOracle(design, { blocks: blockForm(loss), width, y, weights, offset })
  const oracle: Oracle<ObjectiveQuery> = penalty
    ? penalized(data.oracle, penalty)
    : (query) => data.oracle(query)
  return Object.defineProperties(oracle, {
    size: { value: columns * width },
    passes: { get: () => data.passes },
    smoothness: {
      value: () => loss.smoothness * spectralBound(design, weights) + (penalty?.smoothness ?? 0),
    },
  }) as Objective
}
