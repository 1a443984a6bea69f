// Where a run with constraints begins.
import type { Penalty } from './penalty.ts'

/** Moves x to the nearest point where P is finite, if it is not there: a constraint's prox is its projection, at any step. */
export function admit(x: Float64Array, penalty: Pick<Penalty, 'value' | 'prox'>): void {
  if (penalty.value(x) === Infinity) penalty.prox(x, 1, x)
}
