// From numbers to pixels, and which numbers to write beside an axis.

export interface Tick {
  readonly value: number
  readonly text: string
}

export interface Scale {
  /** Pixels of a value. */
  at(value: number): number
  readonly ticks: readonly Tick[]
}

const STEPS = [1, 2, 5, 10]

/** Equal distances for equal differences. About `count` ticks. */
export function linear(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
  count: number,
): Scale & { readonly at0: number; readonly perPixel: number } {
  const rough = (high - low) / count
  const power = Math.floor(Math.log10(rough))
  const factor = STEPS.find((step) => step * 10 ** power >= rough * 0.999) ?? 10
  const digits = Math.max(0, -(power + (factor === 10 ? 1 : 0)))
  const step = factor * 10 ** power
  const ticks: Tick[] = []
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++)
    ticks.push({ value: k * step, text: (k * step).toFixed(digits) })
  const perPixel = (high - low) / (to - from)
  return { at: (value) => from + (value - low) / perPixel, ticks, at0: low - from * perPixel, perPixel }
}

/** Equal distances for equal ratios, from one power of ten to another; a value below is drawn at the lowest. */
export function logarithmic(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
  every: number,
): Scale {
  const exponents = Array.from({ length: high - low + 1 }, (_, k) => high - k).filter(
    (_, k) => k % every === 0,
  )
  return {
    at: (value) => from + ((Math.max(low, Math.log10(value)) - low) / (high - low)) * (to - from),
    ticks: exponents.map((k) => ({ value: 10 ** k, text: k === 0 ? '1' : `10${superscript(k)}` })),
  }
}

/** Iterations: distances as those of log(1 + k), so that the first ten have as much room as the next hundred. */
export function iterations(last: number, [from, to]: readonly [number, number]): Scale {
  const most = Math.log1p(Math.max(last, 10))
  const ticks = [0, 1, 2, 5, 10, 20, 50, 100, 1000, 10_000].filter(
    (k) => k <= Math.max(last, 10) && (last <= 200 || k < 2 || /^10*$/.test(String(k))),
  )
  return {
    at: (k) => from + (Math.log1p(k) / most) * (to - from),
    ticks: ticks.map((value) => ({ value, text: String(value) })),
  }
}

export const superscript = (k: number): string =>
  String(k).replace(/[-\d]/g, (digit) => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]))
