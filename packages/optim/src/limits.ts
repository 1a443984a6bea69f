// The options that all solvers have, and how a number out of range is told.

export interface Limits {
  /** Converged when the optimality (an ∞-norm) is at most this. Default 1e-8. */
  tolerance?: number | undefined
  /** 0 measures the start alone. Each solver has a default of its own. */
  maxIterations?: number | undefined
}

/** @throws RangeError `caller: expected what, got got` unless `ok`. */
export function expect(ok: boolean, caller: string, what: string, got: unknown): void {
  if (!ok) throw new RangeError(`${caller}: expected ${what}, got ${got}`)
}

/** @throws RangeError naming the first that is not a number ≥ 0. */
export function expectPositive(caller: string, numbers: Record<string, number>): void {
  for (const name in numbers) expect(numbers[name]! >= 0, caller, `${name} >= 0`, numbers[name])
}
