// Telling a metric that does not exist from a mistake in the call.

/**
 * Whether an error says that a metric does not exist for the rows given: a class is absent, or a ratio is 0/0. For
 * reports that show such a metric as missing and go on.
 */
export function isUndefinedMetric(error: unknown): error is RangeError {
  return error instanceof RangeError && error.name === 'UndefinedMetricError'
}
