// What a check has found about one kind of answer: numbers side by side, and a sentence about what is wrong.

/** One number that was answered, beside the number that it should be. */
export interface Discrepancy {
  /** [] of a value, [j] of a gradient, [row, column] of a Hessian or of products with unit vectors, [row] of one with a random vector. */
  readonly entry: readonly number[]
  readonly answered: number
  readonly expected: number
  /** |answered − expected| up to which they count as equal. */
  readonly allowed: number
  /** |answered − expected| / max(|answered|, |expected|); 0 where both are 0. */
  readonly relativeError: number
}

/** What was found about the answers to one kind of question. */
export interface AnswerCheck {
  readonly answered: boolean
  /** False if something is wrong; true of what is not answered. */
  readonly ok: boolean
  /** What is wrong, or why it counts as not answered; '' if all is well. */
  readonly message: string
  /** The entry that is furthest off, by |answered − expected| / allowed; null if none was compared. */
  readonly worst: Discrepancy | null
  /** Entries that were compared, */
  readonly compared: number
  /** and how many of them are so small that half of them would pass too: a wrong factor or sign cannot be told there. */
  readonly unresolved: number
}

/** Collects what is found about one kind of answer. */
export interface Findings {
  /** Puts two numbers side by side that should differ by no more than `allowed`; infinite, if nothing is known. */
  compare(entry: readonly number[], answered: number, expected: number, allowed: number): void
  /** Something that is wrong besides. */
  fault(message: string): void
  /** Not answered, because. */
  absent(message: string): void
  result(): AnswerCheck
}

export function findings(name: string): Findings {
  const faults: string[] = []
  let answered = true
  let worst: Discrepancy | null = null
  let excess = 0
  let compared = 0
  let unresolved = 0
  let wrong = 0
  // answered / expected, where both can be told from 0: from … to.
  let least = Infinity
  let most = -Infinity
  let sharpest = Infinity
  let factor = 1
  return {
    compare(entry, found, expected, allowed) {
      const gap = Math.abs(found - expected)
      const size = Math.max(Math.abs(found), Math.abs(expected))
      compared++
      if (2 * allowed >= size) unresolved++
      else {
        least = Math.min(least, found / expected)
        most = Math.max(most, found / expected)
        if (allowed / size < sharpest) {
          sharpest = allowed / size
          factor = found / expected
        }
      }
      const share = gap === 0 || allowed === Infinity ? 0 : gap / allowed
      if (!(share <= 1)) wrong++
      if (!worst || !(share <= excess)) {
        excess = share
        worst = { entry, answered: found, expected, allowed, relativeError: size && gap / size }
      }
    },
    fault(message) {
      if (!faults.includes(message)) faults.push(message)
    },
    absent(message) {
      answered = false
      faults.push(message)
    },
    result() {
      const messages = [...faults]
      if (wrong && worst) {
        const { entry, answered: found, expected, allowed } = worst
        const place = name + (entry.length ? `[${entry.join(', ')}]` : '')
        const uniform = most - least <= 1e-3 * Math.abs(most)
        messages.push(
          `${place} is ${short(found)} where differences give ${short(expected)} ± ${short(allowed)}` +
            (compared > 1 ? `, and ${wrong} of ${compared} entries are wrong` : '') +
            (uniform && compared > 1 ? `, all ${short(factor)} times what they should be` : ''),
        )
      }
      const ok = !answered || messages.length === 0
      return { answered, ok, message: messages.join('; '), worst, compared, unresolved }
    },
  }
}

const short = (x: number): string => String(Number(x.toPrecision(4)))
