// The words of an error: who was called, what was expected, what was got.

/** Throws a RangeError, or an error of another kind. */
export function fault(
  caller: string,
  expected: string,
  got: unknown,
  Kind: ErrorConstructor = RangeError,
  marks?: { name: string },
): never {
  throw Object.assign(new Kind(`${caller}: expected ${expected}, got ${shown(got)}`), marks)
}

/** Throws where a metric does not exist for the rows given (0/0, or an absent class): an error by name, never a number. */
export function undefinedMetric(caller: string, expected: string, got: unknown): never {
  fault(caller, expected, got, RangeError, { name: 'UndefinedMetricError' })
}

/** A value as an error shows it: strings in quotes, so that 1 and "1" look different; the first few of a list. */
export function shown(value: unknown): string {
  if (Array.isArray(value))
    return value
      .slice(0, 6)
      .map((each, i) => (i < 5 ? shown(each) : '…'))
      .join(', ')
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}
