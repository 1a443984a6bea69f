// The quadratic model of softmax's data term, with the gauge in it: what the loss does not see bends all the same.
import { columnModel, type ModelParts } from '@logodds/linear'
import type { ModelMaker, Penalty } from '@logodds/optim'
import { isFree } from './gauge.ts'

/** As {@link columnModel}, plus the Hessian of {@link gaugeTerm}; the gradients that it is given have the gauge's in them. */
export function gaugedModel(penalty: Penalty | undefined, parts: ModelParts): ModelMaker {
  const K = parts.problem.width
  const model = columnModel(parts)
  const free = Uint8Array.from({ length: model.size / K }, (_, j) => +isFree(penalty, j * K))
  // Σₖ of what the coordinates of a row have been moved.
  const moved = new Float64Array(free.length)
  const row = (q: number) => Math.floor(q / K)
  const gauged = {
    size: model.size,
    slope: (q: number) => model.slope(q) + free[row(q)] * moved[row(q)],
    curvature: (q: number) => model.curvature(q) + free[row(q)],
    move(q: number, by: number) {
      moved[row(q)] += by
      model.move(q, by)
    },
  }
  return (gradient) => {
    model.begin(gradient)
    moved.fill(0)
    return gauged
  }
}
