// Proximal Newton without a Hessian, for penalties without a gradient on many coordinates: its model goes from column to column.
import type { Penalty, Solver } from '@logodds/optim'
import { columnModel } from './column-model.ts'
import type { SolverChoice, SolverContext } from './fit-options.ts'
import { orElse } from './or-else.ts'
import type { ObjectiveQuery } from './problem.ts'

type Choice = ReturnType<SolverChoice>

// Up to here the default for penalties without a gradient is proximal Newton on a Hessian that is written down.
const WRITTEN = 200
// The most numbers of a dense X that are packed by columns: 1 GB.
const MOST_PACKED = 1.3e8
// By then FISTA has taken as long as proximal Newton does, where passes are quick.
const FISTA_ITERATIONS = 1000

// The model has to be convex, and a dense design is copied for it.
export const isByColumns = (penalty: Penalty, { size, design, problem }: SolverContext): boolean =>
  penalty.newton !== undefined &&
  problem.width === 1 &&
  problem.blocks.conjugate !== undefined &&
  size > WRITTEN &&
  (design.entries !== undefined || design.rows * design.columns <= MOST_PACKED)

const columnNewton = (penalty: Penalty, context: SolverContext, maxIterations?: number) => {
  const model = columnModel(context)
  return penalty.newton!({ tolerance: context.tolerance, maxIterations }, (gradient) => {
    model.begin(gradient)
    return model
  })
}

// Where the model is a straight line and the line search fails, FISTA goes on.
export const byColumns = (penalty: Penalty, context: SolverContext): Choice =>
  Object.assign(
    orElse(
      context,
      columnNewton(penalty, context, context.maxIterations) as Solver<ObjectiveQuery>,
      (maxIterations) => penalty.solver!({ tolerance: context.tolerance, maxIterations }),
    ),
    { penalty },
  )

export const byColumnsLast = (penalty: Penalty, context: SolverContext): Choice => {
  const { tolerance, maxIterations = Infinity } = context
  const first = penalty.solver!({ tolerance, maxIterations: Math.min(maxIterations, FISTA_ITERATIONS) })
  return Object.assign(
    orElse(
      context,
      first as Solver<ObjectiveQuery>,
      (left) => columnNewton(penalty, context, left) as Solver<ObjectiveQuery>,
    ),
    { penalty },
  )
}
