// How a caller's mistake is told: the function, what was expected, and what came.

/** @throws RangeError `caller: expected what, got got` unless `ok`. */
export function demand(ok: unknown, caller: string, what: string, got: unknown): asserts ok {
  if (!ok) throw new RangeError(`${caller}: expected ${what}, got ${got}`)
}
