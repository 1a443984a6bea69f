// Labels −1 and +1, and the margin yη: how far η is on the right side of 0.
import type { Targets } from './loss.ts'

export const signTargets: Targets = {
  what: '-1 or +1',
  holds: (y) => y === 1 || y === -1,
}

/** yη. @throws RangeError, in the name of `loss`, unless y is −1 or +1: a label 0 would silently say nothing. */
export function margin(loss: string, eta: number, y: number): number {
  if (!signTargets.holds(y)) throw new RangeError(`${loss}: expected y to be ${signTargets.what}, got ${y}`)
  return y * eta
}
