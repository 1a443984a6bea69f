// Newton's method on some of the rows: where they have their optimum, and how f bends there, all rows nearly do.
import { addPenalty, lbfgs, minimize, type SmoothTerm } from '@logodds/optim'
import type { SolverContext } from './fit-options.ts'
import { problemOracle } from './objective.ts'
import { hessianPreconditioner, type Preconditioner } from './preconditioner.ts'
import type { ObjectiveQuery } from './problem.ts'
import { type RowSample, thinned } from './row-sample.ts'

// The optimum of 60 rows a coordinate is an eighth of the way off, in the norm of the Hessian: more of its digits would be of no use.
const ENOUGH = 0.1
const MOST_ITERATIONS = 15
// A part of the rows of the Hessian is enough for a start, and a part of those for the way to it, as long as that leaves so many for each coordinate.
const START = { every: 4, least: 28 }
const WAY = { every: 2, least: 10 }

/** Where to start from, and what to precondition by. */
export interface SampledNewton {
  readonly start: Float64Array
  /** M⁻¹, M being the Hessian of the sample at `start`. */
  readonly preconditioner: Preconditioner
}

/**
 * For a loss with one column of η. The objective of a part of the sample, under the penalty of all rows, is minimised from `x`, roughly, by L-BFGS,
 * preconditioned by the Hessian of a part of it; if what that gains is no more than so many rows can tell, the start is `x` itself. What is
 * read is counted as passes of `data`, to the next whole one.
 *
 * Source: Roosta-Khorasani & Mahoney, Sub-sampled Newton Methods, Math. Program. 174 (2019), 293–326.
 */
export function sampledNewton(
  { design, problem, data }: Pick<SolverContext, 'design' | 'problem' | 'data'>,
  term: SmoothTerm | undefined,
  sample: RowSample,
  x: Float64Array,
): SampledNewton {
  const { rows: n, columns: p, blockRows } = design
  const reader = design.reader()
  const scratch = new Float64Array(blockRows)
  const curvature = new Float64Array(n)
  const ridge = new Float64Array(p)
  term?.addCurvature(new Float64Array(p).fill(1), ridge)
  // In rows.
  let read = 0

  const objectiveOf = (some: RowSample) => {
    const sampled = problemOracle(design, { ...problem, weights: some.weights })
    const oracle = (query: ObjectiveQuery) => {
      const visit = sampled.begin(query)
      let value = 0
      some.eachRun((first, rows) => {
        reader.read(first, rows)
        value += visit(reader, first, rows)
      })
      read += some.rows
      return value + (term ? addPenalty(term, query) : 0)
    }
    return { ...some, oracle, sampled }
  }
  // Of the rows of `part`, which are some of those of the objective.
  const hessian = (
    { oracle, sampled }: ReturnType<typeof objectiveOf>,
    part: RowSample,
    at: Float64Array,
  ) => {
    if (at.some((v, j) => v !== sampled.at[j])) oracle({ ask: 'value', at })
    const { eta } = sampled
    part.eachRun((first, rows) => {
      const of = curvature.subarray(first, first + rows)
      problem.blocks.hessian({
        rows,
        first,
        width: 1,
        eta: eta.subarray(first),
        targets: problem.y,
        weights: part.weights,
        residual: scratch,
        curvature: of,
      })
      for (let i = 0; i < rows; i++) if (!(of[i] > 0)) of[i] = 0
    })
    read += part.rows
    const solve = hessianPreconditioner(design, curvature, ridge)
    part.eachRun((first, rows) => curvature.fill(0, first, first + rows))
    return solve
  }
  const within = (of: RowSample, { every, least }: typeof START) =>
    thinned(of, Math.max(1, Math.min(every, Math.floor(of.rows / (least * p)))))

  const first = objectiveOf(within(sample, START))
  const gradient = x.slice()
  const value = first.oracle({ ask: 'gradient', at: x, gradient })
  const found = minimize(
    first.oracle,
    lbfgs({
      tolerance: ENOUGH * gradient.reduce((a, b) => Math.max(a, Math.abs(b)), 0),
      maxIterations: MOST_ITERATIONS,
      preconditioner: hessian(first, within(first, WAY), x),
    }),
    x,
  )
  // At the optimum of all rows the objective of m of them is p/2m above its own minimum on average, in units of a loss that is a likelihood.
  const start = value - found.value > (p / first.rows) * Math.abs(value) ? found.at : x
  const preconditioner = hessian(objectiveOf(sample), sample, start)
  data.passes += Math.ceil(read / n)
  return { start, preconditioner }
}
