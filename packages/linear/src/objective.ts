// Where a loss meets a design: the local oracle. It walks the blocks of rows; for each block it computes η = X_B W + o, asks the
// loss for value and residual, and accumulates G += X_Bᵀ R and, when asked, the weighted Gram: one pass over memory answers a
// query, and one pass answers the queries of several problems that share the rows.
import { type Block, type BlockLoss, blockForm, type Loss } from '@logodds/core'
import {
  type CurvatureQuery,
  type GradientQuery,
  type HessianQuery,
  type ManyOracle,
  type Oracle,
  penalized,
  type SmoothPenalty,
  type ValueQuery,
} from '@logodds/optim'
import { type Design, eachBlock } from './design.ts'
import { spectralBound } from './gram.ts'

/** What the objective of a design answers. */
export type ObjectiveQuery = ValueQuery | GradientQuery | CurvatureQuery | HessianQuery

/** f(W) = Σᵢ sᵢ ℓ(xᵢᵀW + oᵢ, yᵢ), with s normalised to sum to 1. */
export interface ProblemSpec {
  readonly loss: Loss
  /** n targets, as the loss wants them: 0/1 for binary cross-entropy, class indices for categorical. */
  readonly y: ArrayLike<number>
  /** n weights ≥ 0, of any sum > 0; default: all alike. */
  readonly weights?: ArrayLike<number>
  /** n × K (row-major), added to η; default: none. */
  readonly offset?: ArrayLike<number>
  /** K, the number of columns of η and W; default 1. */
  readonly width?: number
}

/** One problem as the oracle keeps it: the last η that it computed, and where. */
export interface Problem {
  readonly blocks: BlockLoss
  readonly smoothness: number
  readonly width: number
  readonly y: Float64Array
  readonly weights: Float64Array
  readonly offset: Float64Array | undefined
  /** η at `at`, n × K. */
  readonly eta: Float64Array
  /** Where `eta` was computed; NaN before the first answer. */
  readonly at: Float64Array
}

/** Problems that share the rows of a design, answered together. */
export interface SharedObjective {
  readonly oracle: ManyOracle<ObjectiveQuery>
  readonly problems: readonly Problem[]
  /** Passes over the data so far. */
  readonly passes: number
}

/** The objective of one problem, as an oracle that also knows its size and its smoothness. */
export interface Objective extends Oracle<ObjectiveQuery> {
  /** (Columns of the design) × K. */
  readonly size: number
  /** Passes over the data so far. */
  readonly passes: number
  /** An upper bound of the largest eigenvalue of ∇²f anywhere: 1/smoothness() is a step that guarantees descent. One pass. */
  smoothness(): number
}

/**
 * The objective Σ s ℓ(XW + o, y) + P(W) of one problem, one pass over the data for each query. A smooth penalty of all coordinates
 * is added to the answers; others belong to the solver.
 *
 * @throws RangeError if y, weights or offset do not have the length that the design asks for, or no weight is positive.
 */
export function objective(
  spec: ProblemSpec & { readonly design: Design; readonly penalty?: SmoothPenalty },
): Objective {
  const { design, penalty } = spec
  const shared = sharedObjective(design, [spec])
  const [problem] = shared.problems
  const oracle = onlyOne(shared.oracle)
  const extras = {
    size: design.columns * problem.width,
    smoothness: () =>
      problem.smoothness * spectralBound(design, problem.weights) + (penalty?.smoothness ?? 0),
  }
  const answering: Oracle<ObjectiveQuery> = penalty ? penalized(oracle, penalty) : oracle
  return Object.defineProperty(Object.assign(answering, extras), 'passes', {
    get: () => shared.passes,
  }) as Objective
}

/** The oracle of the first of several problems, alone. */
export function onlyOne(many: ManyOracle<ObjectiveQuery>): Oracle<ObjectiveQuery> {
  const answer = new Float64Array(1)
  return (query) => {
    many([query], answer)
    return answer[0]
  }
}

/** Several problems over the rows of one design; a round of their queries is answered in one pass. */
export function sharedObjective(design: Design, specs: readonly ProblemSpec[]): SharedObjective {
  const problems = specs.map((spec) => asProblem(design, spec))
  const widest = Math.max(...problems.map((problem) => problem.width))
  const reader = design.reader()
  const scratch = new Float64Array(design.blockRows * widest)
  const moved = new Float64Array(design.blockRows * widest)
  const residual = new Float64Array(design.blockRows * widest)
  const curvature = new Float64Array(design.blockRows * widest * widest)
  const none = new Float64Array(0)
  const block: Block = {
    rows: 0,
    first: 0,
    width: 1,
    eta: scratch,
    targets: none,
    weights: none,
    residual,
    curvature,
  }
  let passes = 0

  const visit = (problem: Problem, query: ObjectiveQuery, fresh: boolean): number => {
    const { blocks, width, eta, offset } = problem
    const from = block.first * width
    const count = block.rows * width
    block.width = width
    block.targets = problem.y
    block.weights = problem.weights
    if (fresh) {
      reader.multiply(query.at, width, scratch)
      if (offset) for (let i = 0; i < count; i++) scratch[i] += offset[from + i]
      for (let i = 0; i < count; i++) eta[from + i] = scratch[i]
    } else for (let i = 0; i < count; i++) scratch[i] = eta[from + i]

    switch (query.ask) {
      case 'value':
        return blocks.value(block)
      case 'gradient': {
        const value = blocks.gradient(block)
        reader.multiplyTransposed(residual, width, query.gradient)
        return value
      }
      case 'hessian': {
        const value = blocks.hessian(block)
        reader.multiplyTransposed(residual, width, query.gradient)
        reader.gram(curvature, width, query.hessian, design.columns * width)
        return value
      }
      case 'curvature': {
        const value = blocks.hessian(block)
        reader.multiply(query.along, width, moved)
        applyCurvature(block, moved)
        reader.multiplyTransposed(residual, width, query.product)
        return value
      }
    }
  }

  const oracle: ManyOracle<ObjectiveQuery> = (queries, answers) => {
    passes++
    const asking: number[] = []
    const fresh: boolean[] = []
    queries.forEach((query, k) => {
      if (query === null) return
      const { at } = problems[k]
      asking.push(k)
      fresh.push(query.ask !== 'curvature' || at.some((v, j) => v !== query.at[j]))
      at.set(query.at)
      clear(query)
      answers[k] = 0
    })
    eachBlock(design, reader, (first, rows) => {
      block.first = first
      block.rows = rows
      for (let a = 0; a < asking.length; a++) {
        const k = asking[a]
        answers[k] += visit(problems[k], queries[k] as ObjectiveQuery, fresh[a])
      }
    })
    for (const k of asking) {
      const query = queries[k] as ObjectiveQuery
      if (query.ask === 'hessian') mirror(query.hessian, query.gradient.length, problems[k].width)
    }
  }
  return {
    oracle,
    problems,
    get passes() {
      return passes
    },
  }
}

// residual ← S·moved, row by row: what Xᵀ has to be applied to for (XᵀSX)·v.
function applyCurvature({ rows, width, curvature, residual }: Block, moved: Float64Array): void {
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < width; k++) {
      let sum = 0
      for (let q = 0; q < width; q++) sum += curvature[(i * width + k) * width + q] * moved[i * width + q]
      residual[i * width + k] = sum
    }
}

function clear(query: ObjectiveQuery): void {
  if (query.ask === 'gradient') query.gradient.fill(0)
  else if (query.ask === 'curvature') query.product.fill(0)
  else if (query.ask === 'hessian') {
    query.gradient.fill(0)
    query.hessian.fill(0)
  }
}

// The lower triangle of K × K blocks, copied to the upper one.
function mirror(h: Float64Array, size: number, width: number): void {
  for (let a = 0; a < size; a++)
    for (let b = (Math.floor(a / width) + 1) * width; b < size; b++) h[a * size + b] = h[b * size + a]
}

function asProblem(design: Design, { loss, y, weights, offset, width = 1 }: ProblemSpec): Problem {
  const n = design.rows
  const lengths: [string, ArrayLike<number> | undefined, number][] = [
    ['y', y, n],
    ['weights', weights, n],
    ['offset', offset, n * width],
  ]
  for (const [name, array, expected] of lengths)
    if (array && array.length !== expected)
      throw new RangeError(`objective: expected ${name}.length ${expected}, got ${array.length}`)
  const s = new Float64Array(n).fill(1)
  if (weights) s.set(weights)
  const sum = s.reduce((a, b) => a + b, 0)
  if (!(sum > 0 && sum < Infinity))
    throw new RangeError(`objective: expected weights with a positive sum, got ${sum}`)
  return {
    blocks: blockForm(loss),
    smoothness: loss.smoothness,
    width,
    y: Float64Array.from(y),
    weights: s.map((v) => v / sum),
    offset: offset && Float64Array.from(offset),
    eta: new Float64Array(n * width),
    at: new Float64Array(design.columns * width).fill(Number.NaN),
  }
}
