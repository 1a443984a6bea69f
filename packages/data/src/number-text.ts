// When a piece of text is a number: plain decimal notation, as every CSV writer writes it.

/**
 * The number that `text` spells, NaN if it spells none. Digits with an optional sign, point and exponent (`12`, `-.5`, `1.`,
 * `+3e-4`); not hexadecimal, `Infinity`, `1_000`, `1,5`, and not a number too large for a double (`1e999`).
 */
export function numberFromText(text: string): number {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return Number.NaN
  const value = Number(text)
  return Number.isFinite(value) ? value : Number.NaN
}
