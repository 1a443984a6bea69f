// The objective of one problem with any loss, for those who bring their own loss, solver or design.
import { blockForm, type Loss } from '@logodds/core'
import {
  addPenalty,
  type DualModelQuery,
  type DualQuery,
  type ModelQuery,
  type Oracle,
  type SampleQuery,
  type SmoothPenalty,
} from '@logodds/optim'
import { checkedNumbers, demand } from './demand.ts'
import type { Design } from './design.ts'
import { dualOracle } from './dual.ts'
import { dualModelOracle } from './dual-model.ts'
import { problemOracle } from './objective.ts'
import type { ObjectiveQuery, Problem, ProblemOracle } from './problem.ts'
import { type ModelForm, modelOracle } from './quadratic.ts'
import { sampledOracle } from './sampled.ts'
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
  /** How a quadratic model is kept; default: 'gram' for at most 500 coordinates and no more than rows, else 'residual'. */
  readonly model?: ModelForm | undefined
}

/** What a fit with a loss of one's choice answers. */
export type DataQuery = ObjectiveQuery | SampleQuery | DualQuery | ModelQuery

/** All that an objective in memory answers. */
export type AnyQuery = DataQuery | DualModelQuery

/** An oracle that also knows its size and its smoothness. */
export interface Objective extends Oracle<AnyQuery> {
  /** (Columns of the design) × K. */
  readonly size: number
  /** n, from which the rows of a sample are drawn. */
  readonly rows: number
  /** Passes over the data so far; samples are not counted. */
  readonly passes: number
  /** An upper bound of the largest eigenvalue of ∇²f anywhere: 1/smoothness() is a step that guarantees descent. One pass. */
  smoothness(): number
}

/**
 * The objective Σ s ℓ(XW + o, y) + P(W), one pass over the data for each query; a sample costs its share of one.
 *
 * `sample-gradient`: (n/m) Σ over the m rows + P. `dual`: the dual objective at c·u, u = −s ∂ℓ/∂η (see {@link dualOracle}). `model`: H is
 * ∇²f, in Gram form for few coordinates, in residual form for more of them than rows. `dual-model`: for a ridge and a convex loss of one input.
 *
 * @throws RangeError if y, weights or offset do not have the length that the design asks for, or no weight is positive.
 */
export function objective(options: ObjectiveOptions): Objective {
  const { design, loss, penalty, width = 1 } = options
  const { rows, columns } = design
  const caller = 'objective'
  const each = 'target' in loss && loss.target === 'vector' ? width : 1
  const y = checkedNumbers(caller, 'y', options.y, rows * each, -Infinity)
  const raw = checkedNumbers(caller, 'weights', options.weights ?? new Float64Array(rows).fill(1), rows, 0)
  const sum = raw.reduce((a, b) => a + b, 0)
  demand(sum > 0 && sum < Infinity, caller, 'weights with a positive sum', sum)
  const weights = raw.map((w) => w / sum)
  const offset = options.offset && checkedNumbers(caller, 'offset', options.offset, rows * width, -Infinity)
  const problem = { blocks: blockForm(loss), width, y, weights, offset }
  const data = problemOracle(design, problem)
  const most = dataOracle(design, problem, data, penalty, options.model)
  let dual: ReturnType<typeof dualModelOracle> | undefined
  const oracle: Oracle<AnyQuery> = (query) => {
    if (query.ask !== 'dual-model') return most(query)
    dual ??= dualModelOracle({ design, problem, data, penalty })
    return dual(query)
  }
  return Object.defineProperties(oracle, {
    size: { value: columns * width },
    rows: { value: rows },
    passes: { get: () => data.passes },
    smoothness: {
      value: () => loss.smoothness * spectralBound(design, weights) + (penalty?.smoothness ?? 0),
    },
  }) as Objective
}

/** The oracle of a problem plus a smooth penalty; what a question needs is made when it is first asked. */
export function dataOracle(
  design: Design,
  problem: Problem,
  data: ProblemOracle,
  penalty?: SmoothPenalty,
  form?: ModelForm,
): Oracle<DataQuery> {
  let sampled: ReturnType<typeof sampledOracle> | undefined
  let model: ReturnType<typeof modelOracle> | undefined
  const dual = dualOracle(problem, data, penalty)
  return (query) => {
    if (query.ask === 'dual') return dual(query)
    if (query.ask === 'model') {
      model ??= modelOracle(design, problem, data, penalty, form)
      return model(query)
    }
    if (query.ask !== 'sample-gradient')
      return data.oracle(query) + (penalty ? addPenalty(penalty, query) : 0)
    sampled ??= sampledOracle(design, problem)
    const value = sampled(query)
    penalty?.addGradient(query.at, query.gradient)
    return value + (penalty ? penalty.value(query.at) : 0)
  }
}
