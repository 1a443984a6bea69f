// Newton's method on some of the rows: where they have their optimum, and how f bends there, all rows nearly do.
import { addPenalty, lbfgs, minimize, type SmoothTerm } from '@logodds/optim'
import type { SolverContext } from './fit-options.ts'
import { problemOracle } from './objective.ts'
import { hessianPreconditioner, type Preconditioner } from './preconditioner.ts'
import type { ObjectiveQuery, Problem, ProblemOracle } from './problem.ts'
import { type RowSample, sampleRows } from './row-sample.ts'
import { sampledProblem, takenRows } from './taken-rows.ts'

// The way to the sample's optimum: by so many rows for each coordinate, then by so many times as many, …
const FEWEST = 15
const GROWTH = 10
// A gradient of so many standard deviations tells nothing.
const ENOUGH = 0.5
const MOST_ITERATIONS = 15

/** Where to start from, and what to precondition by. */
export interface SampledNewton {
  readonly start: Float64Array
  /** M⁻¹, M being the Hessian of the sample at `start`. */
  readonly preconditioner: Preconditioner
}

/**
 * For a loss with one column of η. The objective of few rows, then of the whole sample, under the penalty of all rows, is minimised from `x`,
 * roughly, by L-BFGS, each time preconditioned by the Hessian of fewer rows where they had their optimum, so that the sample is read some two times; where
 * what that gains is no more than so many rows can tell, the point stays. What is read is counted as passes of `data`, to the next whole one.
 *
 * Source: Roosta-Khorasani & Mahoney, Sub-sampled Newton Methods, Math. Program. 174 (2019), 293–326.
 */
export function sampledNewton(
  { design, problem, data }: Pick<SolverContext, 'design' | 'problem' | 'data'>,
  term: SmoothTerm | undefined,
  sample: RowSample,
  x: Float64Array,
): SampledNewton {
  const { rows: n, columns: p } = design
  const ridge = new Float64Array(p)
  term?.addCurvature(new Float64Array(p).fill(1), ridge)
  let read = 0
  let start = x
  let preconditioner: Preconditioner | undefined
  // Of a coordinate of the gradient, if one row were all there is.
  let deviation = 0

  const stage = (some: RowSample) => {
    const of = sampledProblem(problem, some)
    const rows = takenRows(design, some)
    try {
      const sampled = problemOracle(rows, of)
      const oracle = (query: ObjectiveQuery) => sampled.oracle(query) + (term ? addPenalty(term, query) : 0)
      const bend = () => {
        if (start.some((v, j) => v !== sampled.at[j])) sampled.oracle({ ask: 'value', at: start })
        // How large slopes are, is asked once, of few rows.
        const own = deviation ? sampled.curvature?.() : undefined
        const { curvature, slope } = own ? { curvature: own, slope: 0 } : derivatives(of, sampled)
        deviation ||= slope * Math.sqrt(some.rows)
        preconditioner = hessianPreconditioner(rows, curvature, ridge)
        read += some.rows
      }
      if (!preconditioner) bend()
      let value = 0
      const found = minimize(
        oracle,
        lbfgs({
          tolerance: (ENOUGH * deviation) / Math.sqrt(some.rows) || Number.MIN_VALUE,
          maxIterations: MOST_ITERATIONS,
          preconditioner,
        }),
        start,
        {
          onStep: (step) => {
            if (step.iteration === 0) value = step.value
          },
        },
      )
      // At the optimum of all rows the objective of m of them is p/2m above its own minimum on average, in units of a loss that is a likelihood.
      if (value - found.value > (p / some.rows) * Math.abs(value)) start = found.at.slice()
      bend()
      // A copy has been read once more, where it was.
      read += (sampled.passes + +!!rows.release) * some.rows
    } finally {
      rows.release?.()
    }
  }
  for (let few = FEWEST * p; 2 * few < sample.rows; few *= GROWTH) stage(sampleRows(design, problem, few))
  stage(sample)
  data.passes += Math.ceil(read / n)
  return { start, preconditioner: preconditioner! }
}

/** ∂²ℓ/∂η² of each row, with its weight, where it is not less than 0; and the root of the sum of squares of the ∂ℓ/∂η. */
function derivatives(problem: Problem, { eta }: ProblemOracle): { curvature: Float64Array; slope: number } {
  const n = problem.weights.length
  const curvature = new Float64Array(n)
  const residual = new Float64Array(n)
  const { y: targets, weights, blocks } = problem
  blocks.hessian({ rows: n, first: 0, width: 1, eta, targets, weights, residual, curvature })
  let sum = 0
  for (let i = 0; i < n; i++) {
    sum += residual[i] * residual[i]
    if (!(curvature[i] > 0)) curvature[i] = 0
  }
  return { curvature, slope: Math.sqrt(sum) }
}
