// The quadratic model of the data term, one coordinate at a time, for solvers that descend coordinate by coordinate.
//
//   m(d) = ∇f(at)ᵀd + ½ dᵀH d,  H = Σᵢ (xᵢxᵢᵀ) ⊗ Sᵢ,  Sᵢ = sᵢ ∂²ℓ/∂ηᵢ∂ηᵢᵀ
//
// Gram form: H is there, a slope is read off H d. Residual form: H d is Σᵢ xᵢ (Sᵢ (Xd)ᵢ)ᵀ, column by column; nothing of size p² is made.
// Both are made at the first slope, so that a point of a line search that is passed over costs its gradient only.
import type { Coordinates, ModelQuery, SmoothTerm } from '@logodds/optim'
import { wholeBlock } from './certificate.ts'
import { type Design, eachBlock } from './design.ts'
import { mirror } from './objective.ts'
import type { Problem, ProblemOracle } from './problem.ts'

// Above, the Gram matrix costs more than the sweeps that it saves.
const LARGEST_GRAM = 500

/** Which form a model has; default: Gram if there are no more coordinates than rows, and not too many of them. */
export type ModelForm = 'gram' | 'residual'

// A model and how it is begun at a new point.
interface Own extends Coordinates {
  begin(gradient: Float64Array): void
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
  const size = design.columns * problem.width
  const fits = size <= Math.min(design.rows, LARGEST_GRAM)
  const make = (form ?? (fits ? 'gram' : 'residual')) === 'gram' ? gramForm : residualForm
  const own = new WeakSet<Coordinates>()
  return (query) => {
    const { at, gradient } = query
    let value = data.oracle({ ask: 'gradient', at, gradient })
    if (term) {
      value += term.value(at)
      term.addGradient(at, gradient)
    }
    if (!query.model || !own.has(query.model)) {
      query.model = make(design, problem, data, term)
      own.add(query.model)
    }
    const model = query.model as Own
    model.begin(gradient)
    return value
  }
}

function gramForm(design: Design, problem: Problem, data: ProblemOracle, term?: SmoothTerm): Own {
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

function residualForm(design: Design, problem: Problem, data: ProblemOracle, term?: SmoothTerm): Own {
  const { rows: n, columns: p } = design
  const K = problem.width
  const size = p * K
  const start = new Float64Array(size)
  // Σ_m Sᵢ[k, m] (Xd)ᵢm: n × K.
  const residual = new Float64Array(n * K)
  const moved = new Float64Array(size)
  const diagonal = new Float64Array(size)
  const added = new Float64Array(size)
  term?.addCurvature(new Float64Array(size).fill(1), added)
  const column = columnsOf(design)
  let S: Float64Array = new Float64Array()
  let ready = false
  const prepare = () => {
    if (ready) return
    ready = true
    S = curvatures(problem, data.eta)
  }
  return {
    size,
    begin(gradient) {
      start.set(gradient)
      residual.fill(0)
      moved.fill(0)
      diagonal.fill(-1)
      ready = false
    },
    slope(j) {
      const x = column(Math.floor(j / K))
      let sum = start[j] + added[j] * moved[j]
      for (let i = 0, q = j % K; i < n; i++, q += K) sum += x[i] * residual[q]
      return sum
    },
    curvature(j) {
      if (diagonal[j] < 0) {
        prepare()
        const x = column(Math.floor(j / K))
        let sum = added[j]
        for (let i = 0, q = (j % K) * (K + 1); i < n; i++, q += K * K) sum += x[i] * x[i] * S[q]
        diagonal[j] = sum
      }
      return diagonal[j]
    },
    move(j, by) {
      prepare()
      const x = column(Math.floor(j / K))
      const k = j % K
      moved[j] += by
      for (let i = 0; i < n; i++) {
        const step = by * x[i]
        for (let m = 0, q = i * K; m < K; m++, q++) residual[q] += S[q * K + k] * step
      }
    },
  }
}

// The columns of a design, each packed when it is first asked for, and kept: as much memory as X, once all have been.
function columnsOf(design: Design): (j: number) => Float64Array {
  const { rows, columns } = design
  const centre = new Float64Array(columns)
  const scale = new Float64Array(columns).fill(1)
  const kept: Float64Array[] = []
  return (j) => {
    if (kept[j]) return kept[j]
    // Column j, and the ones if there are any; j may be those.
    const one = design.rescaled(centre, scale, Int32Array.of(j))
    const reader = one.reader()
    const block = new Float64Array(one.blockRows)
    const x = new Float64Array(rows)
    eachBlock(one, reader, (first, m) => {
      reader.multiply(Float64Array.of(1, 0), 1, block)
      x.set(block.subarray(0, m), first)
    })
    kept[j] = x
    return x
  }
}

// Sᵢ of all rows at η: n × K × K, with room behind for what fills up the last block; a scalar loss bends upwards or is taken for straight.
function curvatures(problem: Problem, eta: Float64Array): Float64Array {
  const K = problem.width
  const curvature = new Float64Array(eta.length * K)
  problem.blocks.hessian({ ...wholeBlock(problem, eta, problem.weights), curvature })
  return K === 1 ? curvature.map((s) => Math.max(0, s)) : curvature
}
