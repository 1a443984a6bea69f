// Targets that are a class index.
import type { Targets } from './loss.ts'

export const indexTargets: Targets = {
  what: 'a class index below K',
  holds: (y, K = 0) => Number.isInteger(y) && y >= 0 && y < K,
}

/** @throws RangeError in the name of `loss` unless y is one of the K classes */
export function checkIndex(loss: string, y: number, K: number): void {
  if (!indexTargets.holds(y, K)) {
    throw new RangeError(`${loss}: expected y to be a class index below ${K} (length of eta), got ${y}`)
  }
}
