// The targets of most regression losses.
import type { Targets } from './loss.ts'

export const finiteTargets: Targets = {
  what: 'a finite number',
  holds: (y) => Math.abs(y) < Infinity,
}
