// Dual coordinate descent: one row at a time, where there are far more columns than rows.
import { ending, verdict } from './ending.ts'
import { expect, expectPositive, type Limits } from './limits.ts'
import type { DualCoordinates, DualModelQuery, Solver, Step } from './oracle.ts'
import { finite } from './rounding.ts'
import { allRows, shuffle, wholeNumbers } from './row-order.ts'
import { maxAbs } from './vector.ts'

export interface DualCoordinateDescentOptions extends Limits {
  /**
   * How many times all rows are visited in an iteration: 1, 2, … It ends sooner where the moves have become so small that the optimality must
   * be within the tolerance. Default 10.
   */
  epochs?: number | undefined
  /** Of the random order in which rows are visited: an integer. Default 1. */
  seed?: number | undefined
}

// An order of the rows is kept as long as it makes the squares of the moves five times smaller with each visit: so it is soonest over where rows
// are nearly orthogonal. Where they are not, the same order again and again can take many times as long as a new one each time.
const QUICK = 0.2
// Where the moves have come down to this part of the first, they say what the optimality is.
const SETTLED = 1e-3

/**
 * Dual coordinate descent for f(w) = Σᵢ φᵢ(xᵢᵀw) + ½ Σⱼ λⱼ wⱼ²: αᵢ ← argmin of the dual along coordinate i,
 *
 *     αᵢ⁺ = argmin_z ½ Qᵢᵢ (z − αᵢ)² + xᵢᵀw (z − αᵢ) + φᵢ*(−z),     w ← w + (αᵢ⁺ − αᵢ) Λ⁻¹xᵢ,
 *
 * for all rows i in random order, some epochs long; then the primal is asked about w. Its values may rise now and then, while the dual goes down.
 * After each epoch the oracle may `settle`: extrapolate α and w, and move what has no penalty.
 *
 * Asks `dual-model`: one pass per iteration, and two passes' worth of rows for each epoch, or one where the oracle can `sweep`. Memory: 2p + n.
 * Choose it for a ridge with p ≫ n, or for losses with kinks (the hinge), where the oracle answers `dual-model`. A weak penalty makes it
 * slow: it depends on how large λ is beside the rows' squares.
 * Source: Hsieh, Chang, Lin, Keerthi & Sundararajan, ICML 2008, 408–415, algorithm 1; Yu, Huang & Lin, Mach. Learn. 85 (2011), 41–75,
 * algorithm 5, for logistic regression; for orders, Sun & Ye, Math. Program. 185 (2021), 487–520.
 *
 * @param options.maxIterations default 1000.
 * @throws RangeError on an option out of range.
 */
export function dualCoordinateDescent(options: DualCoordinateDescentOptions = {}): Solver<DualModelQuery> {
  const { epochs = 10, seed = 1, tolerance = 1e-8, maxIterations = 1000 } = options
  const caller = 'dualCoordinateDescent'
  expectPositive(caller, { tolerance, maxIterations })
  expect(epochs >= 1 && epochs % 1 === 0, caller, 'epochs 1, 2, …', epochs)
  expect(seed % 1 === 0, caller, 'seed an integer', seed)

  return function* (x) {
    const query: DualModelQuery = { ask: 'dual-model', at: x.slice(), gradient: x.slice() }
    const draw = wholeNumbers(seed)
    let order: Int32Array | undefined
    let before = 0
    // Σ Qᵢᵢ (change of αᵢ)² of an epoch: its square root goes with the optimality after it.
    let moved = Infinity
    let here: Step = { ask: 'step', iteration: 0, value: Infinity, optimality: Infinity, at: x }
    for (let iteration = 0; ; iteration++) {
      const value = yield query
      const optimality = maxAbs(query.gradient)
      if (!finite(value, optimality)) return ending('non-finite', here)
      x.set(query.at)
      here = { ask: 'step', iteration, value, optimality, at: x }
      yield here
      const over = verdict(here, tolerance, maxIterations)
      if (over) return over

      const model = query.dual!
      order ??= allRows(model.size)
      // What the optimality was for each unit of the moves before it; the first time that is not known.
      const each = moved < Infinity ? optimality / Math.sqrt(moved) : Infinity
      let first = 0
      for (let epoch = 0; epoch < epochs; epoch++) {
        if (!(moved <= QUICK * before)) shuffle(order, draw)
        before = moved
        moved = model.sweep ? model.sweep(order) : plainSweep(model, order)
        model.settle?.()
        first ||= moved
        if (each < Infinity ? !(each * Math.sqrt(moved) > tolerance) : !(moved > SETTLED * first)) break
      }
      model.primal(query.at)
    }
  }
}

function plainSweep(model: DualCoordinates, order: Int32Array): number {
  let moved = 0
  for (const i of order) {
    const h = model.curvature(i) || 1e-12
    const alpha = model.dual[i]!
    const by = model.prox(i, alpha - model.slope(i) / h, 1 / h) - alpha
    if (by) model.move(i, by)
    moved += h * by * by
  }
  return moved
}
