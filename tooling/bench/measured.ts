// How good a fit is, by the benchmark's own evaluation of the objective at the coefficients that a side left in a file.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { FitProblem, FitRun } from './fit-task.ts'

// By so much the certified minimum may be undercut: rounding, and the gap of its certificate.
const ROUNDING = 1e-11

/** What says of a run how far it is from the minimum; where it ended just like an earlier one, it is not evaluated again. */
export function judge({ value, minimum }: FitProblem): (run: FitRun) => number {
  const known = new Map<string, number>()
  /** (f − f*) / f*; below 0 only by rounding. */
  return ({ coefficients }) => {
    const bytes = readFileSync(coefficients)
    const print = createHash('sha256').update(bytes).digest('hex')
    const f = known.get(print) ?? value(new Float64Array(new Uint8Array(bytes).buffer))
    known.set(print, f)
    const away = (f - minimum) / minimum
    if (away < -ROUNDING) throw new Error(`${coefficients}: ${f} is less than the minimum, ${minimum}`)
    // Where f is not a number, nothing was reached.
    return Number.isNaN(away) ? Infinity : away
  }
}
