// How a caller's mistake is told: the function, what was expected, and what came.

/** @throws RangeError `caller: expected what, got got` unless `ok`. */
export function demand(ok: unknown, caller: string, what: string, got: unknown): void {
  if (!ok) throw new RangeError(`${caller}: expected ${what}, got ${got}`)
}

/** The numbers as a new Float64Array. @throws RangeError unless there are `length` of them, all finite and at least `least`. */
export function checkedNumbers(
  caller: string,
  name: string,
  numbers: ArrayLike<number>,
  length: number,
  least: number,
): Float64Array {
  demand(numbers.length === length, caller, `${name}.length ${length}`, numbers.length)
  const copy = Float64Array.from(numbers)
  let bad = 0
  while (copy[bad] >= least && copy[bad] < Infinity) bad++
  demand(bad >= length, caller, `${name}[${bad}] finite${least ? '' : ' and ≥ 0'}`, copy[bad])
  return copy
}
