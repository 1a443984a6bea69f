// What SAGA and SVRG have in common: a gradient is kept for every batch of rows, and corrects each new one. They differ in when it is
// replaced: SAGA does it whenever a batch is drawn, SVRG for all batches at once.
import { admit } from './admit.ts'
import { epochs, type SamplingOptions } from './epochs.ts'
import { expect } from './limits.ts'
import type { SampleQuery } from './oracle.ts'
import type { Penalty, ProximalSolver } from './penalty.ts'
import { finite } from './rounding.ts'
import { allRows, inBatches, shuffle } from './row-order.ts'
import { along, maxAbs } from './vector.ts'

/** How long the steps are: as told, or by an L with ‖∇²f_B‖ ≤ L for every batch B (that of the worst row will do). */
export type StepOrSmoothness =
  | { step: number; smoothness?: undefined }
  | { smoothness: number; step?: undefined }

export type VarianceReducedOptions = SamplingOptions &
  StepOrSmoothness & {
    /** P in f + P; default: none. */
    penalty?: Penalty | undefined
  }

/**
 * x ← prox_{tP}(x − t g) with g = ḡ + m share_B (∇f_B(x) − g_B): B is one of m fixed batches, drawn with probability 1/m, g_B the gradient
 * kept for it, ḡ = Σ share_B g_B, share_B = |B|/n. E g = ∇f(x), and the variance of g vanishes as all g_B approach those at the minimiser.
 *
 * @param fraction t = fraction/L
 * @param replacing whether g_B ← ∇f_B(x) at each draw; otherwise when a step is measured, for all batches
 * @throws RangeError naming `caller` on an option out of range
 */
export function varianceReduced(
  caller: string,
  options: VarianceReducedOptions,
  fraction: number,
  replacing: boolean,
): ProximalSolver<SampleQuery> {
  const { rows, penalty, step, smoothness } = options
  const t = step ?? fraction / smoothness!
  const limit = penalty?.stepLimit ?? Infinity
  expect(t > 0 && t < limit, caller, `step in (0, ${limit})`, t)

  const solve = epochs(caller, options, (x, draw, batchSize) => {
    const order = allRows(rows)
    shuffle(order, draw)
    if (penalty) admit(x, penalty)
    const gradient = x.slice()
    const g = x.slice()
    const batches = inBatches(x, gradient, order, batchSize)
    const kept = batches.map(() => new Float64Array(x.length))
    const mean = new Float64Array(x.length)
    let filled = false

    const correct = (batch: number, replace: boolean) => {
      const share = batches[batch]!.rows.length / rows
      for (let j = 0; j < g.length; j++) {
        const change = gradient[j]! - kept[batch]![j]!
        g[j] = mean[j]! + batches.length * share * change
        if (replace) mean[j]! += share * change
      }
      if (replace) kept[batch]!.set(gradient)
      return share
    }
    return {
      at: x,
      *measure(whole) {
        let value = penalty?.value(x) ?? 0
        if (filled) value += yield whole
        else {
          // From 0, so that roundings do not add up from one measurement to the next.
          for (const gone of [mean, ...kept]) gone.fill(0)
          for (const batch of batches.keys()) value += (yield batches[batch]!) * correct(batch, true)
          whole.gradient.set(mean)
        }
        filled = replacing
        return {
          value,
          optimality: penalty?.distance(x, whole.gradient) ?? maxAbs(whole.gradient),
        }
      },
      *epoch() {
        for (const _ of batches) {
          const batch = draw(batches.length)
          if (!finite(yield batches[batch]!, maxAbs(gradient))) return false
          correct(batch, replacing)
          along(x, -t, g, x)
          penalty?.prox(x, t, x)
        }
        return true
      },
    }
  })
  return Object.assign(solve, { penalty })
}
