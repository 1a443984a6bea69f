// The options that all solvers have, and how a wrong option is told.

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

export function checkLimits(caller: string, tolerance: number, maxIterations: number): void {
  expect(tolerance >= 0 && tolerance < Infinity, caller, 'tolerance >= 0', tolerance)
  expect(maxIterations >= 0 && maxIterations % 1 === 0, caller, 'a whole maxIterations >= 0', maxIterations)
}
