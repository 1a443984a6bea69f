// Newton's method on some of the rows: where they have their optimum, and how f bends there, all rows nearly do.
import { addPenalty, lbfgs, minimize, type SmoothTerm } from '@logodds/optim'
import type { SolverContext } from './fit-options.ts'
import { problemOracle } from './objective.ts'
import { hessianPreconditioner, type Preconditioner } from './preconditioner.ts'
import type { ObjectiveQuery } from './problem.ts'
import type { RowSample } from './row-sample.ts'

// The optimum of 60 rows a coordinate is an eighth of the way off, in the norm of the Hessian: more of its digits would be of no use.
const ENOUGH = 0.1
const MOST_ITERATIONS = 15
// To get there, the Hessian of one run of rows in four will do, if those are enough rows for each coordinate.
const SOME = 4
const ENOUGH_ROWS = 10

/** Where to start from, and what to precondition by. */
export interface SampledNewton {
  readonly start: Float64Array
  /** M⁻¹, M being the Hessian of the sample at `start`. */
  readonly preconditioner: Preconditioner
}

/**
 * For a loss with one column of η. The sample's own objective, under the penalty of all rows, is minimised from `x`, roughly, by L-BFGS,
 * preconditioned by its Hessian at `x`; if what that gains is no more than a sample of so many rows can tell, the start is `x` itself. What is read is
 * counted as passes of `data`, to the next whole one.
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
  const { weights } = sample
  const sampled = problemOracle(design, { ...problem, weights })
  const reader = design.reader()
  const scratch = new Float64Array(blockRows)
  const curvature = new Float64Array(n)
  const ridge = new Float64Array(p)
  term?.addCurvature(new Float64Array(p).fill(1), ridge)
  let read = 0

  const oracle = (query: ObjectiveQuery) => {
    const visit = sampled.begin(query)
    let value = 0
    sample.eachRun((first, rows) => {
      reader.read(first, rows)
      value += visit(reader, first, rows)
    })
    read++
    return value + (term ? addPenalty(term, query) : 0)
  }
  const hessianAt = (at: Float64Array, every = 1) => {
    if (at.some((v, j) => v !== sampled.at[j])) oracle({ ask: 'value', at })
    const { eta } = sampled
    let run = 0
    sample.eachRun((first, rows) => {
      const of = curvature.subarray(first, first + rows)
      problem.blocks.hessian({
        rows,
        first,
        width: 1,
        eta: eta.subarray(first),
        targets: problem.y,
        weights,
        residual: scratch,
        curvature: of,
      })
      const share = run++ % every ? 0 : every
      for (let i = 0; i < rows; i++) of[i] = of[i] > 0 ? share * of[i] : 0
    })
    read += 1 / every
    return hessianPreconditioner(design, curvature, ridge)
  }

  const gradient = x.slice()
  const value = oracle({ ask: 'gradient', at: x, gradient })
  const limits = {
    tolerance: ENOUGH * gradient.reduce((a, b) => Math.max(a, Math.abs(b)), 0),
    maxIterations: MOST_ITERATIONS,
  }
  const every = sample.rows > SOME * ENOUGH_ROWS * p ? SOME : 1
  const found = minimize(oracle, lbfgs({ ...limits, preconditioner: hessianAt(x, every) }), x)
  // At the optimum of all rows the objective of m of them is p/2m above its own minimum on average, in units of a loss that is a likelihood.
  const start = value - found.value > (p / sample.rows) * Math.abs(value) ? found.at : x
  const preconditioner = hessianAt(start)
  data.passes += Math.ceil((read * sample.rows) / n)
  return { start, preconditioner }
}
