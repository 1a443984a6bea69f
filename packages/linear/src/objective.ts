// Where a loss meets a design: the local oracle. It walks the blocks of rows; for each block it computes η = X_B W + o, asks the
// loss for value and residual, and accumulates G += X_Bᵀ R and, when asked, the weighted Gram: one pass over memory answers a
// query, and one pass answers the queries of several problems that share the rows.
import type { Block, BlockLoss } from '@logodds/core'
import type {
  CurvatureQuery,
  GradientQuery,
  HessianQuery,
  ManyOracle,
  Oracle,
  ValueQuery,
} from '@logodds/optim'
import { type Design, eachBlock } from './design.ts'

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

/** A problem and the last η that was computed for it. */
export interface ProblemState extends Problem {
  /** η at `at`, n × K. */
  readonly eta: Float64Array
  /** Where `eta` was computed; NaN before the first answer. */
  readonly at: Float64Array
}

/** Problems that share the rows of a design, answered together. */
export interface SharedObjective {
  readonly oracle: ManyOracle<ObjectiveQuery>
  readonly states: readonly ProblemState[]
  /** Passes over the data so far. */
  readonly passes: number
}

/** The oracle of several problems over the rows of one design: a round of their queries is answered in one pass. */
export function sharedObjective(design: Design, problems: readonly Problem[]): SharedObjective {
  const { rows: n, columns: p, blockRows } = design
  const states = problems.map((problem) => ({
    ...problem,
    eta: new Float64Array(n * problem.width),
    at: new Float64Array(p * problem.width).fill(Number.NaN),
  }))
  const widest = Math.max(...problems.map(({ width }) => width))
  const reader = design.reader()
  const scratch = () => new Float64Array(blockRows * widest)
  const moved = scratch()
  const block = {
    eta: scratch(),
    residual: scratch(),
    curvature: new Float64Array(blockRows * widest ** 2),
  } as Block
  let passes = 0

  // The part of the current block in the answer of one problem; `known`: η is already at hand.
  const answerBlock = (state: ProblemState, query: ObjectiveQuery, known: boolean): number => {
    const { blocks, width, offset } = state
    const { eta, residual, curvature, first, rows } = block
    const here = state.eta.subarray(first * width, (first + rows) * width)
    block.width = width
    block.targets = state.y
    block.weights = state.weights
    if (known) eta.set(here)
    else {
      reader.multiply(query.at, width, eta)
      for (let i = 0; i < here.length; i++) here[i] = eta[i] += offset ? offset[first * width + i] : 0
    }
    if (query.ask === 'value') return blocks.value(block)
    if (query.ask === 'gradient') {
      const value = blocks.gradient(block)
      reader.multiplyTransposed(residual, width, query.gradient)
      return value
    }
    const value = blocks.hessian(block)
    if (query.ask === 'hessian') {
      reader.multiplyTransposed(residual, width, query.gradient)
      reader.gram(curvature, width, query.hessian)
    } else {
      // (XᵀSX)·v = Xᵀ(S(Xv)), S being a K × K matrix for each row.
      reader.multiply(query.along, width, moved)
      for (let q = 0; q < rows * width; q++) {
        const row = q - (q % width)
        residual[q] = 0
        for (let k = 0; k < width; k++) residual[q] += curvature[q * width + k] * moved[row + k]
      }
      reader.multiplyTransposed(residual, width, query.product)
    }
    return value
  }

  return {
    states,
    get passes() {
      return passes
    },
    oracle(queries, answers) {
      passes++
      const asked = queries.flatMap((query, k) => {
        if (!query) return []
        const state = states[k]
        const known = query.ask === 'curvature' && state.at.every((v, j) => v === query.at[j])
        state.at.set(query.at)
        answers[k] = 0
        if ('gradient' in query) query.gradient.fill(0)
        if ('hessian' in query) query.hessian.fill(0)
        if ('product' in query) query.product.fill(0)
        return { k, query, state, known }
      })
      eachBlock(design, reader, (first, rows) => {
        block.first = first
        block.rows = rows
        for (const { k, query, state, known } of asked) answers[k] += answerBlock(state, query, known)
      })
      for (const { query, state } of asked) if (query.ask === 'hessian') mirror(query.hessian, p, state.width)
    },
  }
}

// What `gram` leaves out: blocks above the diagonal, and the upper triangle of each K × K block.
function mirror(h: Float64Array, p: number, K: number): void {
  const N = p * K
  for (let j = 0; j < p; j++)
    for (let l = 0; l <= j; l++)
      for (let k = 0; k < K; k++)
        for (let q = 0; q <= k; q++) {
          const v = h[(j * K + k) * N + l * K + q]
          h[(j * K + q) * N + l * K + k] = v
          h[(l * K + k) * N + j * K + q] = v
          h[(l * K + q) * N + j * K + k] = v
        }
}

/** The oracle of the first of several problems, alone. */
export function onlyOne(many: ManyOracle<ObjectiveQuery>): Oracle<ObjectiveQuery> {
  const answer = new Float64Array(1)
  return (query) => {
    many([query], answer)
    return answer[0]
  }
}
