// JSON as commands print it: indented, one line end. NaN and infinities have no JSON: they are refused here rather than turned into null.

export function jsonText(value: unknown): string {
  const text = JSON.stringify(
    value,
    (key, part: unknown) => {
      if (typeof part === 'number' && !Number.isFinite(part))
        throw new Error(`jsonText: expected finite numbers, got ${part} in ${JSON.stringify(key)}`)
      return part
    },
    2,
  )
  return `${text}\n`
}
