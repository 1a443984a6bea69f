// The quadratic model of the data term, one coordinate at a time, for solvers that descend coordinate by coordinate.
//
//   m(d) = ∇f(at)ᵀd + ½ dᵀH d,  H = Σᵢ (xᵢxᵢᵀ) ⊗ Sᵢ,  Sᵢ = sᵢ ∂²ℓ/∂ηᵢ∂ηᵢᵀ
//
// Gram form: H is there, a slope is read off H d. Residual form: nothing of size p² is made.
// Both are made at the first slope, so that a point of a line search that is passed over costs its gradient only.
import type { Coordinates, ModelQuery, SmoothTerm } from '@logodds/optim'
import { wholeBlock } from './certificate.ts'
import { type Design, eachBlock } from './design.ts'
import { mirror } from './objective.ts'
import type { Problem, ProblemOracle } from './problem.ts'
import { residualModel } from './residual-model.ts'
import { sparseResidualModel } from './sparse-residual-model.ts'

// Above, the Gram matrix costs more than the sweeps that it saves.
const LARGEST_GRAM = 500

/** Which form a model has; default: Gram if there are no more coordinates than rows, and not too many of them. */
export type ModelForm = 'gram' | 'residual'

/** A model, and how it is begun where the oracle was asked last, with the gradient there. */
export interface QuadraticModel extends Coordinates {
  begin(gradient: Float64Array): void
}

/** What a model is made of: the curvature is that at the point about which `data` was asked last. */
export interface ModelParts {
  readonly design: Design
  readonly problem: Problem
  readonly data: ProblemOracle
}

/**
 * The model of the data term plus `term`, if there is one.
 *
 * @param term has a diagonal Hessian, as smooth penalties have
 */
export function quadraticModel(parts: ModelParts, term?: SmoothTerm, form?: ModelForm): QuadraticModel {
  const { design, problem, data } = parts
  const size = design.columns * problem.width
  const fits = size <= Math.min(design.rows, LARGEST_GRAM)
  if ((form ?? (fits ? 'gram' : 'residual')) === 'gram') return gramForm(parts, term)
  const added = new Float64Array(size)
  term?.addCurvature(new Float64Array(size).fill(1), added)
  const S = () => curvatures(problem, data.eta)
  return design.entries
    ? sparseResidualModel(design.entries(), design.rows, problem.width, added, S)
    : residualModel(design, problem.width, added, S)
}

/**
 * Answers ModelQuery about the data term of `data` plus `term`, if there is one.
 *
 * @param term has a diagonal Hessian, as smooth penalties have
 */
export function modelOracle(
  design: Design,
  problem: Problem,
  data: ProblemOracle,
  term?: SmoothTerm,
  form?: ModelForm,
): (query: ModelQuery) => number {
  const own = new WeakSet<Coordinates>()
  return (query) => {
    const { at, gradient } = query
    let value = data.oracle({ ask: 'gradient', at, gradient })
    if (term) {
      value += term.value(at)
      term.addGradient(at, gradient)
    }
    if (!query.model || !own.has(query.model)) {
      query.model = quadraticModel({ design, problem, data }, term, form)
      own.add(query.model)
    }
    const model = query.model as QuadraticModel
    model.begin(gradient)
    return value
  }
}

function gramForm({ design, problem, data }: ModelParts, term?: SmoothTerm): QuadraticModel {
  const K = problem.width
  const size = design.columns * K
  const hessian = new Float64Array(size * size)
  const slope = new Float64Array(size)
  const reader = design.reader()
  let ready = false
  const prepare = () => {
    ready = true
    const curvature = curvatures(problem, data.eta)
    hessian.fill(0)
    eachBlock(design, reader, (first) => reader.gram(curvature.subarray(first * K * K), K, hessian))
    data.passes++
    mirror(hessian, size, K)
    term?.addHessian(hessian)
  }
  return {
    size,
    begin(gradient) {
      slope.set(gradient)
      ready = false
    },
    slope: (j) => slope[j],
    curvature(j) {
      if (!ready) prepare()
      return hessian[j * (size + 1)]
    },
    move(j, by) {
      if (!ready) prepare()
      for (let m = 0, row = j * size; m < size; m++) slope[m] += by * hessian[row + m]
    },
  }
}

// Sᵢ of all rows at η: n × K × K, with room behind for what fills up the last block; a scalar loss bends upwards or is taken for straight.
function curvatures(problem: Problem, eta: Float64Array): Float64Array {
  const K = problem.width
  const curvature = new Float64Array(eta.length * K)
  problem.blocks.hessian({ ...wholeBlock(problem, eta, problem.weights), curvature })
  return K === 1 ? curvature.map((s) => Math.max(0, s)) : curvature
}
