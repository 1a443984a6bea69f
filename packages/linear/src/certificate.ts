// What a fit can prove about the point that it reports: a lower bound of the minimum.
// With u = s(y − p), a dual point is c·u with the largest c ≤ 1 that is feasible; every dual value is a lower bound of the
// minimum, so primal − dual bounds the error without trust in the solver. Feasibility needs Σu = 0 where there is an unpenalised
// intercept, hence the re-centring: an intercept off by 1e-3 would give a negative "gap".
import type { Block } from '@logodds/core'
import { cholesky, choleskySolve, type Penalty } from '@logodds/optim'
import type { Problem } from './objective.ts'

// Σu at the level of rounding.
const BALANCED = 1e-12

// Rows that are looked at together: their η, residuals and curvature stay in cache.
const CHUNK = 256

// Calls `visit` for chunks of the stored η. No pass over X.
function eachChunk(problem: Problem, weights: Float64Array, visit: (block: Block) => void): void {
  const { width, eta, y } = problem
  const residual = new Float64Array(CHUNK * width)
  const curvature = new Float64Array(CHUNK * width * width)
  for (let first = 0; first < y.length; first += CHUNK) {
    const rows = Math.min(CHUNK, y.length - first)
    const part = eta.subarray(first * width, (first + rows) * width)
    visit({ rows, first, width, eta: part, targets: y, weights, residual, curvature })
  }
}

/** Σ wᵢ ℓ(ηᵢ, yᵢ) at the stored η, for any weights. No pass over X. */
export function totalLoss(problem: Problem, weights: Float64Array): number {
  let sum = 0
  eachChunk(problem, weights, (block) => {
    sum += problem.blocks.value(block)
  })
  return sum
}

/**
 * Moves the K intercepts of stored η by Newton's method until Σᵢ sᵢ ∂ℓ/∂ηᵢ = 0 in every column; changes `problem.eta` and returns
 * the shift. Costs no pass over X.
 */
export function recentre(problem: Problem): Float64Array {
  const { width: K, blocks, eta } = problem
  const shift = new Float64Array(K)
  const move = (step: Float64Array, sign: number) => {
    for (let i = 0; i < eta.length; i++) eta[i] += sign * step[i % K]
    for (let k = 0; k < K; k++) shift[k] += sign * step[k]
  }
  const slope = () => {
    const g = new Float64Array(K)
    const h = new Float64Array(K * K)
    eachChunk(problem, problem.weights, (block) => {
      blocks.hessian(block)
      for (let i = 0; i < block.rows * K; i++) g[i % K] += block.residual[i]
      for (let i = 0; i < block.rows * K * K; i++) h[i % (K * K)] += block.curvature[i]
    })
    return { g, h, norm: g.reduce((a, b) => Math.max(a, Math.abs(b)), 0) }
  }
  let now = slope()
  for (let iteration = 0; iteration < 50 && now.norm > 0; iteration++) {
    const { h } = now
    // Softmax does not see a common shift of all intercepts: 11ᵀ makes that direction harmless.
    if (K > 1) for (let q = 0; q < h.length; q++) h[q] += 1 / K
    const step = Float64Array.from(now.g)
    if (!cholesky(h, K)) break
    choleskySolve(h, K, step)
    // Halved until it helps; when only rounding is left, nothing does.
    let next = now
    for (let halvings = 0; halvings < 30 && !(next.norm < now.norm); halvings++) {
      if (halvings > 0) {
        move(step, 1)
        for (let k = 0; k < K; k++) step[k] /= 2
      }
      move(step, -1)
      next = slope()
    }
    if (!(next.norm < now.norm)) {
      move(step, 1)
      break
    }
    now = next
    if (now.norm < 1e-16) break
  }
  return shift
}

/**
 * The dual objective at the problem's η (re-centred before): no value of the primal is below it.
 *
 * @param gradient of the data term, intercept last; Xᵀu with the sign turned
 * @param penalty in the same coordinates, unpenalised in the intercept only
 * @param unbalanced largest |Σu| left by the re-centring; 0 without an intercept
 * @returns null where the loss has no conjugate, or the re-centring did not succeed
 */
export function dualValue(
  problem: Problem,
  gradient: Float64Array,
  penalty: Penalty,
  unbalanced: number,
): number | null {
  const { blocks, offset } = problem
  const conjugate = blocks.conjugate
  if (!conjugate || !(unbalanced <= BALANCED)) return null
  const scale = penalty.dualScale(gradient)
  let dual = -penalty.conjugate(gradient, scale)
  eachChunk(problem, problem.weights, (block) => {
    dual -= conjugate(block, scale)
    if (!offset) return
    blocks.gradient(block)
    const from = block.first * block.width
    for (let i = 0; i < block.rows * block.width; i++) dual += scale * block.residual[i] * offset[from + i]
  })
  return dual
}

/** Whether η − o puts every row that has weight strictly on the side of its class: complete separation. Stops at the first row that does not. */
export function separates({ width: K, eta, y, weights, offset }: Problem): boolean {
  for (let i = 0; i < y.length; i++) {
    if (weights[i] === 0) continue
    const own = K === 1 ? 0 : y[i]
    const score = (k: number) => eta[i * K + k] - (offset ? offset[i * K + k] : 0)
    if (K === 1) {
      if (!((2 * y[i] - 1) * score(0) > 0)) return false
    } else for (let k = 0; k < K; k++) if (k !== own && !(score(own) > score(k))) return false
  }
  return true
}
