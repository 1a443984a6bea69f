// Which solver suits a problem of this shape, and why.
import {
  dualCoordinateDescent,
  lbfgs,
  newton,
  newtonCg,
  type Penalty,
  type SmoothPenalty,
  type Solver,
} from '@logodds/optim'
import { wholeBlock } from './certificate.ts'
import { defaultSolver } from './default-solver.ts'
import type { SolverChoice, SolverContext } from './fit-options.ts'
import { kroneckerLbfgs } from './kronecker-lbfgs.ts'
import { orElse } from './or-else.ts'
import { diagonalPreconditioner, type Preconditioner } from './preconditioner.ts'
import type { ObjectiveQuery, Problem } from './problem.ts'
import { byColumns, byColumnsLast, isByColumns } from './proximal-by-columns.ts'
import { sampleRows } from './row-sample.ts'
import { sampledNewton } from './sampled-newton.ts'
import { withDualModel } from './with-dual-model.ts'

type Choice = ReturnType<SolverChoice>

// A Hessian of so many multiplications is a matter of a millisecond.
const SMALL = 2e6
// Newton's method, from the null model to 1e-10.
const NEWTON_PASSES = 7
// A row of the Gram matrix costs as much as p/12 rows of a pass: p times the work, of a kind that processors are better at; less where a design sees
// to it itself.
const GRAM = 12
const OWN_GRAM = 17
// Rows of a sample for each coordinate: from hardly enough on, and by how much more at a time.
const FEWEST = 5
const MORE = 1.25
// What a row of a sample costs besides its share of the Gram matrix, in rows of a pass: it is copied, and read some times; and, in numbers of a row, what
// is done for each in plain TypeScript.
const SAMPLE_PASSES = 8
const SAMPLE_NUMBERS = 150
// How far above its minimum a loss that is a likelihood is, beside the square of the gradient's largest entry.
const LEFT = 100
// A matrix of so many coordinates is all that one wants to keep, and to factorise.
const LARGEST_HESSIAN = 2000
// What L-BFGS takes without a matrix, as a rule.
const PLAIN_PASSES = 60
// With so many times as many columns as rows, a ridge makes the dual's n coordinates nearly independent.
const WIDE = 4
// Ten visits of each row, each time: together about what Newton's method takes, where that is sure to get there.
const PATIENCE = 5
const LONG_PATIENCE = 20
// Several times what L-BFGS takes with a sample's Hessian that is near to that of all rows.
const LBFGS_PATIENCE = 60
// Where the largest entry of the diagonal is not so many times the smallest, L-BFGS finds out by itself.
const UNEVEN = 4

/**
 * The solver by the shape of the problem, in place of the default one: `fitLogistic(X, y, { solver: auto() })`. `fit.message` says which one it was.
 *
 * - Few coordinates, or few rows for each: Newton's method.
 * - Many rows: Newton's method on a sample of them, a hundred for each coordinate or more, then L-BFGS on all rows from there, preconditioned by the
 *   sample's Hessian: four to six passes over the data, however the columns are correlated or scaled.
 * - Many columns of η, as of a softmax: L-BFGS, preconditioned by one factorisation that they share ({@link kroneckerLbfgs}).
 * - Too many coordinates for a matrix, and sparse designs: L-BFGS, preconditioned by the diagonal of the Hessian where its entries differ.
 * - Several times as many columns as rows, all with a ridge: dual coordinate descent, a few visits of each row; where that does not do, as for rows that are
 *   alike, Newton's method with conjugate gradients from there.
 * - Penalties without a gradient: their own solvers, as by default; for more than 200 coordinates proximal Newton that goes from column to column,
 *   after 1000 iterations of FISTA where passes are quick, as of the kernels' designs.
 *
 * The fit is the same up to its tolerance, whatever the choice. Rows of samples are counted in `fit.passes` as their share.
 */
export const auto = (): SolverChoice => (penalty, context) => {
  const { size, design, problem } = context
  const shape = `${size} coordinates, ${design.rows} ${design.entries ? 'sparse ' : ''}rows`
  const named = (solver: Choice, method: string): Choice =>
    Object.assign(solver, { method: `${method} (${shape})` })

  if (penalty?.solver && isByColumns(penalty, context))
    return design.fused
      ? named(byColumnsLast(penalty, context), 'FISTA, then proximal Newton')
      : named(byColumns(penalty, context), 'proximal Newton, column by column')
  if (penalty?.solver) return named(defaultSolver(penalty, context) as Choice, `${penalty.name}'s own solver`)
  if (isWide(penalty, context)) return named(rowByRow(penalty, context), 'dual coordinate descent')
  const { sample, cost } = cheapestSample(
    size,
    design.rows,
    context.tolerance,
    design.preconditioner ? OWN_GRAM : GRAM,
  )
  if (design.rows * size * size <= SMALL || NEWTON_PASSES * (1 + size / GRAM) <= cost)
    return named(newton(context), "Newton's method")
  if (problem.width > 1)
    return named(
      kroneckerLbfgs(penalty, context) as Choice,
      'L-BFGS preconditioned by one factorisation for all columns of η',
    )
  const ridge = penalty as SmoothPenalty | undefined
  return cost < PLAIN_PASSES && size <= LARGEST_HESSIAN
    ? sampled(ridge, context, sample, named)
    : diagonal(ridge, context, named)
}

// Where rows are alike and the ridge is weak, the dual takes its time; from wherever it has come, Newton's method goes on. What rows have in common is one
// large eigenvalue of the Hessian, which costs conjugate gradients one product, and L-BFGS hundreds of iterations. Losses of straight pieces do not bend.
function rowByRow(penalty: Penalty | undefined, context: SolverContext): Choice {
  const { tolerance, maxIterations = Infinity, lossSmoothness, problem, data } = context
  const patience = lossSmoothness < Infinity ? PATIENCE : LONG_PATIENCE
  const first = dualCoordinateDescent({ tolerance, maxIterations: Math.min(maxIterations, patience) })
  return orElse(context, withDualModel(penalty, context, first), (left) =>
    (meanCurvature(problem, data.eta) > 0 ? newtonCg : lbfgs)({ tolerance, maxIterations: left }),
  ) as Choice
}

// Losses that are not convex have no conjugate; and rows of a file are not there one by one.
function isWide(penalty: Penalty | undefined, { size, design, problem }: SolverContext): boolean {
  if (!(penalty && 'smooth' in penalty) || problem.width > 1 || !problem.blocks.conjugate) return false
  if (size < WIDE * design.rows || !(design.stored || design.walk)) return false
  const strength = new Float64Array(size)
  ;(penalty as SmoothPenalty).addCurvature(new Float64Array(size).fill(1), strength)
  return strength.filter((l) => l === 0).length <= 1
}

/**
 * How many rows to sample, and how many passes over all n rows the whole then costs, to a gradient within the tolerance. With m rows for p
 * coordinates the eigenvalues of M⁻¹H are within (1 ± r)², r² = p/m, so that the objective's distance to its minimum, about p/m after the sample,
 * shrinks by r² in each iteration.
 */
export function cheapestSample(
  size: number,
  n: number,
  tolerance: number,
  gram = GRAM,
): { sample: number; cost: number } {
  let best = { sample: 0, cost: Infinity }
  for (let each = FEWEST; ; each *= MORE) {
    const sample = Math.min(n, Math.ceil(each * size))
    const passes = Math.log(Math.min(0.1, LEFT * tolerance ** 2)) / Math.log(Math.min(0.5, size / sample))
    const cost = passes + (sample / n) * (SAMPLE_PASSES + SAMPLE_NUMBERS / size + size / gram)
    if (cost < best.cost) best = { sample, cost }
    if (sample === n) return best
  }
}

function sampled(
  penalty: SmoothPenalty | undefined,
  context: SolverContext,
  wanted: number,
  named: (solver: Choice, method: string) => Choice,
): Choice {
  const { design, problem, tolerance, maxIterations = Infinity } = context
  const sample = sampleRows(design, problem, wanted)
  const solver: Choice = function* (x) {
    const { start, preconditioner } = sampledNewton(context, penalty, sample, x)
    return yield* lbfgs({
      tolerance,
      maxIterations: Math.min(maxIterations, LBFGS_PATIENCE),
      preconditioner,
    })(start)
  }
  // From a start so far out that the loss hardly bends there, the sample's Hessian says nothing of that at the optimum.
  return named(
    orElse(context, solver as Solver<ObjectiveQuery>, (left) =>
      newton({ tolerance, maxIterations: left }),
    ) as Choice,
    `L-BFGS preconditioned by the Hessian of ${sample.rows} rows`,
  )
}

function diagonal(
  penalty: SmoothPenalty | undefined,
  context: SolverContext,
  named: (solver: Choice, method: string) => Choice,
): Choice {
  const { problem, data, size, tolerance, maxIterations } = context
  const d = new Float64Array(size)
  penalty?.addCurvature(new Float64Array(size).fill(1), d)
  const penalised = d.filter((strength) => strength > 0)
  const most = penalised.reduce((a, b) => Math.max(a, b), 0)
  if (!penalised.some((strength) => most > UNEVEN * strength))
    return named(lbfgs({ tolerance, maxIterations }), 'L-BFGS')
  // Columns have squares of 1 on average, and rows about as much curvature as where one starts.
  let divide: Preconditioner | undefined
  const preconditioner: Preconditioner = (v, out) => {
    if (!divide) {
      const mean = meanCurvature(problem, data.eta)
      divide = diagonalPreconditioner(d.map((strength) => strength + mean || 1))
    }
    divide(v, out)
  }
  return named(
    lbfgs({ tolerance, maxIterations, preconditioner }),
    "L-BFGS preconditioned by the Hessian's diagonal",
  )
}

function meanCurvature(problem: Problem, eta: Float64Array): number {
  const n = problem.weights.length
  const curvature = new Float64Array(n)
  problem.blocks.hessian({ ...wholeBlock(problem, eta, problem.weights), curvature })
  return curvature.reduce((sum, c) => sum + Math.max(0, c), 0)
}
