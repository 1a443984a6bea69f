// The quadratic model of the data term without its matrix: column by column.
import type { SmoothTerm } from '@logodds/optim'
import { wholeBlock } from './certificate.ts'
import type { Design } from './design.ts'
import type { Problem, ProblemOracle } from './problem.ts'
import type { QuadraticModel } from './quadratic-model.ts'
import { residualModel } from './residual-model.ts'
import { sparseResidualModel } from './sparse-residual-model.ts'

/** What a model is made of: the curvature is that at the point about which `data` was asked last. */
export interface ModelParts {
  readonly design: Design
  readonly problem: Problem
  readonly data: ProblemOracle
}

/**
 * m(d) = gradientᵀd + ½ dᵀH d, H = Σᵢ (xᵢxᵢᵀ) ⊗ Sᵢ + ∇²`term`; nothing of the size of H is made.
 *
 * @param term has a diagonal Hessian, as smooth penalties have
 */
export function columnModel({ design, problem, data }: ModelParts, term?: SmoothTerm): QuadraticModel {
  const { width: K } = problem
  const added = new Float64Array(design.columns * K)
  term?.addCurvature(added.slice().fill(1), added)
  const S = () => curvatures(problem, data.eta)
  return design.entries
    ? sparseResidualModel(design.entries(), design.rows, K, added, S)
    : residualModel(design, K, added, S)
}

/** Sᵢ of all rows at η: n × K × K, with room behind for what fills up the last block; a scalar loss bends upwards or is taken for straight. */
export function curvatures(problem: Problem, eta: Float64Array): Float64Array {
  const K = problem.width
  const curvature = new Float64Array(eta.length * K)
  problem.blocks.hessian({ ...wholeBlock(problem, eta, problem.weights), curvature })
  return K === 1 ? curvature.map((s) => Math.max(0, s)) : curvature
}
