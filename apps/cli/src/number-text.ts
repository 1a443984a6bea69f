// Numbers for people: a few significant digits, and a column of them with the decimal points under each other.

/** `digits` significant digits without trailing zeros after them; an exponent only where the plain form would be long. '–' for null. */
export function numberText(value: number | null, digits = 5): string {
  if (value === null) return '–'
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size < 1e-4 || size >= 1e9) return trimmed(value.toExponential(digits - 1))
  // No digit before the point is ever rounded away.
  return size >= 10 ** (digits - 1) ? value.toFixed(0) : trimmed(value.toPrecision(digits))
}

/** Pads texts on the right so that their decimal points align when the texts are aligned on the right. */
export function alignedOnPoint(texts: readonly string[]): string[] {
  const tails = texts.map((text) => {
    const point = text.search(/[.e]/)
    return point < 0 || text === '–' ? 0 : text.length - point
  })
  const longest = Math.max(0, ...tails)
  return texts.map((text, i) => text + ' '.repeat(longest - tails[i]))
}

/** 0.97222 as `97.2 %`. */
export function percentText(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

/** `1 row`, `2 rows` */
export function countText(count: number, noun: string, plural = `${noun}s`): string {
  return `${numberText(count, 9)} ${count === 1 ? noun : plural}`
}

const trimmed = (text: string) =>
  text.includes('e')
    ? text.replace(/\.?0+e/, 'e').replace('e+', 'e')
    : text.includes('.')
      ? text.replace(/\.?0+$/, '')
      : text
