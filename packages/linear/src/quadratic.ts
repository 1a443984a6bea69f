// The quadratic model of the data term, one coordinate at a time, for solvers that descend coordinate by coordinate.
//
//   m(d) = ∇f(at)ᵀd + ½ dᵀH d,  H = Σᵢ (xᵢxᵢᵀ) ⊗ Sᵢ,  Sᵢ = sᵢ ∂²ℓ/∂ηᵢ∂ηᵢᵀ
//
// Gram form: H is there, a slope is read off H d. Residual form: nothing of size p² is made.
// Both are made at the first slope, so that a point of a line search that is passed over costs its gradient only.
import type { Coordinates, ModelQuery, SmoothTerm } from '@logodds/optim'
import { columnModel, curvatures, type ModelParts } from './column-model.ts'
import { type Design, eachBlock } from './design.ts'
import { mirror } from './objective.ts'
import type { Problem, ProblemOracle } from './problem.ts'
import type { QuadraticModel } from './quadratic-model.ts'

// Above, the Gram matrix costs more than the sweeps that it saves.
const LARGEST_GRAM = 500

/** Which form a model has; default: Gram if there are no more coordinates than rows, and not too many of them. */
export type ModelForm = 'gram' | 'residual'

/** The model in either form. @param term has a diagonal Hessian, as smooth penalties have */
function quadraticModel(parts: ModelParts, term?: SmoothTerm, form?: ModelForm): QuadraticModel {
  const { design, problem } = parts
  const size = design.columns * problem.width
  const fits = size <= Math.min(design.rows, LARGEST_GRAM)
  return (form ?? (fits ? 'gram' : 'residual')) === 'gram' ? gramForm(parts, term) : columnModel(parts, term)
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
