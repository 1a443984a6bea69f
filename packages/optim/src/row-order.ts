// In which order a stochastic solver goes through the rows: seeded, so that a run can be repeated bit for bit.
// A generator of four lines, since a library's weighs a third of what a solver may, and no more than an order depends on it.
import type { SampleQuery } from './oracle.ts'

/** Draws a whole number 0 … below − 1. */
export type Draw = (below: number) => number

/**
 * Whole numbers equally likely to within below · 2⁻³².
 * Source: Marsaglia, J. Stat. Softw. 8 (2003), no. 14, p. 4: xorshift, [13, 17, 5], of period 2³² − 1.
 */
export function wholeNumbers(seed: number): Draw {
  // The multiples of an odd number are all different, and seeds that are close give states that are not; 0 would stay 0.
  let state = Math.imul(seed, 0x9e3779b1) ^ 0x2545f491 || 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** 0 … rows − 1. */
export const allRows = (rows: number): Int32Array => new Int32Array(rows).map((_, i) => i)

/** Shuffles in place, all orders equally likely. Source: Knuth, The Art of Computer Programming 2 (1997), algorithm 3.4.2P. */
export function shuffle(order: Int32Array, draw: Draw): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = draw(i + 1)
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
}

/** Questions about `at`, `size` rows each (the last may have fewer): whatever `order` holds when they are asked. */
export function inBatches(
  at: Float64Array,
  gradient: Float64Array,
  order: Int32Array,
  size: number,
): SampleQuery[] {
  const batches: SampleQuery[] = []
  for (let first = 0; first < order.length; first += size)
    batches.push({ ask: 'sample-gradient', at, gradient, rows: order.subarray(first, first + size) })
  return batches
}
