// The intercept by itself: at which shift of η the rows of a logistic problem are balanced, Σ s (σ(η + b) − y) = 0.
import { wasm } from './balance.generated.ts'
import { compiled, instantiate, type Memory } from './web-assembly.ts'

interface BalanceModule {
  balance(eta: number, y: number, s: number, n: number, shift: number, out: number): void
}

// As the curvature changes by no more than itself for a unit of η, the slope after a step is at most half of slope²/curvature.
const ENOUGH = 1e-13
// Farther away Newton’s method may jump to and fro.
const FAR = 2
const MOST = 20

let module: object | undefined

/**
 * Newton's method for b in one dimension, without a look at X; undefined where it leads too far.
 *
 * @param rows with room for an odd one, whose s is 0
 * @param out room for two numbers
 */
export function balancingShift(
  memory: Memory,
  { eta, y, s }: { eta: Float64Array; y: Float64Array; s: Float64Array },
  n: number,
  out: Float64Array,
): [number] | undefined {
  module ??= compiled(wasm)
  const { balance } = instantiate<BalanceModule>(module, memory)
  let shift = 0
  for (let k = 0; k < MOST; k++) {
    balance(eta.byteOffset, y.byteOffset, s.byteOffset, n, shift, out.byteOffset)
    const [slope, bend] = out
    const step = -slope / bend
    if (!(Math.abs(shift + step) <= FAR)) return
    shift += step
    if (slope * slope <= ENOUGH * bend) return [shift]
  }
  return
}
