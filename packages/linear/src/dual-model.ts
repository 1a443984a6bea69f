// The dual of a problem with a ridge, one row at a time, where there are more columns than rows.
//
//   f(w) = Σᵢ φᵢ(xᵢᵀw) + ½ Σⱼ λⱼwⱼ²,  φᵢ(η) = sᵢ ℓ(η + oᵢ, yᵢ);   w(α) = Λ⁻¹Xᵀα,  αᵢ = −φᵢ′ at the optimum
import type { DualCoordinates, DualModelQuery, SmoothTerm } from '@logodds/optim'
import { anderson } from './anderson.ts'
import { wholeBlock } from './certificate.ts'
import { demand } from './demand.ts'
import type { Design } from './design.ts'
import { dualProx } from './dual-prox.ts'
import type { Problem, ProblemOracle } from './problem.ts'
import { rowWalk } from './walk-of-design.ts'

/** What a dual is made of. */
export interface DualParts {
  readonly design: Design
  readonly problem: Problem
  /** η where it was asked last. */
  readonly data: ProblemOracle
  /** The ridge: ½ Σ λⱼwⱼ². */
  readonly penalty: SmoothTerm | undefined
}

/** The dual, and how it is begun at `at`, about which `data` was asked last, with ∇f there, the ridge included. */
export interface DualModel extends DualCoordinates {
  begin(at: Float64Array, gradient: Float64Array): void
}

// Rows from which the mean of Qᵢᵢ is taken: it need not be exact.
const SOME = 32
// Sweeps that are mixed, each a copy of α and w.
const MEMORY = 5

/**
 * The dual of the data term plus a ridge; a visit of a row costs what its entries cost, twice. It starts at αᵢ = −t φᵢ′(xᵢᵀat), with t = 1, ½, ¼, …
 * the first after which the dual is no better: where η = 0 says little of the optimum, −φ′ is far too large a step.
 *
 * After a sweep, what has no penalty is held where it has come to: with Σ αᵢxᵢⱼ = 0 as a constraint and wⱼ as its multiplier, a step of the method
 * of multipliers. Sweeps in one order are one map, of α and those multipliers alike, and nearly affine at the optimum: Anderson's mixing of the last
 * of them goes where they are heading. w, which is affine in α, is mixed with it, which costs no look at X.
 *
 * @throws RangeError if the loss has more than one input, or no coordinate has a ridge
 */
export function dualModel({ design, problem, data, penalty }: DualParts): DualModel {
  const { rows: n, columns: p } = design
  const { offset } = problem
  demand(problem.width === 1, 'dual-model', 'a loss of one input', `K = ${problem.width}`)
  const lambda = new Float64Array(p)
  penalty?.addCurvature(new Float64Array(p).fill(1), lambda)
  demand(
    lambda.some((l) => l > 0),
    'dual-model',
    'a ridge penalty, l2(λ) with λ > 0',
    'none',
  )
  const free = Array.from(lambda.keys()).filter((j) => !(lambda[j] > 0))
  const strength = free.length ? held(design, lambda, free, stiffness(problem, data)) : lambda
  const metric = strength.map((l) => 1 / l)
  const walk = rowWalk(design, metric, problem)
  const prox = dualProx(problem)
  const dual = new Float64Array(n)
  const w = new Float64Array(p)
  const centre = new Float64Array(p)
  const squares = new Float64Array(n).fill(-1)
  // What a sweep begins with and where it goes, in units of the dual's value; its image is α, w, and where what has no penalty is held.
  const before = new Float64Array(n)
  const residual = new Float64Array(n + free.length)
  const image = new Float64Array(n + p + free.length)
  const mixing = anderson(MEMORY)
  let begun = false
  let mixed = false
  let least = Infinity
  // How many sweeps in a row were not mixed after the last loss, and how many of them are left.
  let pause = 0
  let wait = 0

  // Along α = t·(−φ′), half of the quadratic part is t²; G = Xᵀ(−φ′).
  const start = (at: Float64Array, gradient: Float64Array) => {
    const block = wholeBlock(problem, data.eta, problem.weights)
    problem.blocks.gradient(block)
    const G = gradient.map((g, j) => lambda[j] * at[j] - g)
    const quadratic = G.reduce((sum, g, j) => sum + g * g * metric[j], 0)
    let linear = free.reduce((sum, j) => sum + at[j] * G[j], 0)
    if (offset) for (let i = 0; i < n; i++) linear -= offset[i] * block.residual[i]
    dual.set(block.residual.subarray(0, n))
    const value = (t: number) => ((t * quadratic) / 2) * t + t * linear + problem.blocks.conjugate!(block, t)
    let t = 1
    if (problem.blocks.conjugate)
      for (let best = value(1); ; t /= 2) {
        const next = value(t / 2)
        if (!(next < best)) break
        best = next
      }
    for (let i = 0; i < n; i++) dual[i] *= -t
    for (let j = 0; j < p; j++) w[j] = t * G[j] * metric[j]
    for (const j of free) w[j] += at[j]
  }

  // What is held is held at another place from now on.
  const hold = (at: Float64Array) => {
    for (const j of free) {
      w[j] += at[j] - centre[j]
      centre[j] = at[j]
    }
  }
  const put = () => {
    dual.set(image.subarray(0, n))
    w.set(image.subarray(n, n + p))
    free.forEach((j, k) => {
      centre[j] = image[n + p + k]
    })
  }

  const self: DualModel = {
    size: n,
    dual,
    begin(at, gradient) {
      if (begun && !free.length) return
      if (begun) {
        walk.read(w)
        hold(at)
      } else {
        start(at, gradient)
        centre.set(at)
        before.set(dual)
      }
      begun = true
      walk.begin(w)
    },
    settle() {
      walk.read(w)
      for (let i = 0; i < n; i++) residual[i] = Math.sqrt(self.curvature(i)) * (dual[i] - before[i])
      free.forEach((j, k) => {
        residual[n + k] = Math.sqrt(strength[j]) * (w[j] - centre[j])
      })
      hold(w.slice())
      image.set(dual)
      image.set(w, n)
      free.forEach((j, k) => {
        image[n + p + k] = centre[j]
      })
      const square = mixing.note(residual, image)
      // Where mixing has led further away, sweeps go on from where they were, and more of them each time before they are mixed again.
      const lost = mixed && !(square < least)
      if (lost) {
        mixing.back(image)
        wait = pause = 2 * pause + 1
      } else if (mixed) pause = 0
      mixed = !lost && !(wait-- > 0) && mixing.mix(image)
      if (lost || mixed) put()
      if (lost) mixing.clear()
      least = lost ? Infinity : square
      before.set(dual)
      walk.begin(w)
    },
    slope: (i) => walk.dot(i),
    curvature(i) {
      if (squares[i] < 0) squares[i] = walk.square(i)
      return squares[i]
    },
    move(i, by) {
      dual[i] += by
      walk.add(i, by)
    },
    prox: (i, v, step) => prox(i, v, step, dual[i]),
    primal: (out) => walk.read(out),
  }
  const { sweep } = walk
  return sweep ? { ...self, sweep: (order) => sweep(order, dual) } : self
}

/**
 * λ, and ρ where that is 0: as large as makes a direction of α that moves such a coordinate alone as curved as a single αᵢ is, in the mean. Then
 * it neither holds single αᵢ nor comes slowly to where it belongs.
 *
 * @param bend 1/φ″ of a row, which φ* adds to Qᵢᵢ
 */
function held(design: Design, lambda: Float64Array, free: readonly number[], bend: number): Float64Array {
  const { rows: n } = design
  const every = Math.ceil(n / SOME)
  const mean = (metric: Float64Array) => {
    const walk = rowWalk(design, metric)
    let [sum, count] = [0, 0]
    for (let i = 0; i < n; i += every, count++) sum += walk.square(i)
    return sum / count
  }
  const others = mean(lambda.map((l) => (l > 0 ? 1 / l : 0)))
  // Where there is nothing to compare with, anything will do.
  const strength = lambda.slice()
  for (const j of free) {
    const rho = (n * mean(lambda.map((_, k) => +(k === j)))) / (others + bend)
    strength[j] = rho > 0 && rho < Infinity ? rho : 1
  }
  return strength
}

/** 1/φ″ in the mean of all rows, where `data` was asked last; 0 where the loss is not curved there. */
function stiffness(problem: Problem, { eta }: ProblemOracle): number {
  const n = problem.weights.length
  const curvature = new Float64Array(n)
  problem.blocks.hessian({ ...wholeBlock(problem, eta, problem.weights), curvature })
  const sum = curvature.reduce((total, c) => total + Math.max(0, c), 0)
  return sum > 0 ? n / sum : 0
}

/** Answers DualModelQuery about the data term of `data` plus `penalty`. */
export function dualModelOracle(parts: DualParts): (query: DualModelQuery) => number {
  const { data, penalty } = parts
  const own = new WeakSet<DualCoordinates>()
  return (query) => {
    const { at, gradient } = query
    let value = data.oracle({ ask: 'gradient', at, gradient })
    if (penalty) {
      value += penalty.value(at)
      penalty.addGradient(at, gradient)
    }
    if (!query.dual || !own.has(query.dual)) {
      query.dual = dualModel(parts)
      own.add(query.dual)
    }
    ;(query.dual as DualModel).begin(at, gradient)
    return value
  }
}
