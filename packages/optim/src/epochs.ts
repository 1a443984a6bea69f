// The frame of the stochastic solvers: epochs of small questions, and a measurement over all rows between them.
// A sample of all rows is the function itself, so that every value reported is measured, none is an average of guesses.
import { ending } from './ending.ts'
import { expect, expectPositive, type Limits } from './limits.ts'
import type { SampleQuery, Solver, Step } from './oracle.ts'
import { finite } from './rounding.ts'
import { allRows, type Draw, inBatches, wholeNumbers } from './row-order.ts'

export interface SamplingOptions extends Limits {
  /** n, how many rows the oracle has: its `rows`. */
  rows: number
  /** Rows in one question. Default 32, or all of them if there are fewer. */
  batchSize?: number | undefined
  /** Of the order of the rows: 0, 1, … 4294967295; the same seed gives the same iterates, bit for bit. Default 0. */
  seed?: number | undefined
  /** Epochs from one step to the next: each step is measured over all rows, which costs a pass. Default 1. */
  measureEvery?: number | undefined
}

/** What makes one method differ from another, during one run. */
export interface Walk {
  /** Where it stands. */
  readonly at: Float64Array
  /** Goes through the rows once, as a rule. Returns whether all answers were finite. */
  epoch(index: number): Generator<SampleQuery, boolean, number>
  /** Has `whole` answered, a question about f and ∇f at `at` over all rows, or finds its answer in another way. */
  measure(whole: SampleQuery): Generator<SampleQuery, Pick<Step, 'value' | 'optimality'>, number>
}

/** @throws RangeError naming the first that is not 1, 2, … */
function expectCounts(caller: string, counts: Record<string, number>): void {
  for (const name in counts)
    expect(counts[name]! > 0 && counts[name]! % 1 === 0, caller, `${name} 1, 2, …`, counts[name])
}

/**
 * The method that walks as `begin` says, from x. It returns the best point measured.
 *
 * @throws RangeError naming `caller` on an option out of range.
 */
export function epochs(
  caller: string,
  options: SamplingOptions,
  begin: (x: Float64Array, draw: Draw, batchSize: number) => Walk,
): Solver<SampleQuery> {
  const { rows, batchSize = 32, seed = 0, measureEvery = 1, tolerance = 1e-8, maxIterations = 100 } = options
  expectPositive(caller, { tolerance, maxIterations, seed })
  expectCounts(caller, { rows, batchSize, measureEvery })

  return function* (x) {
    const walk = begin(x, wholeNumbers(seed), batchSize)
    const { at } = walk
    const whole = inBatches(at, x.slice(), allRows(rows), rows)[0]!
    let best: Step | undefined
    for (let iteration = 0; ; iteration++) {
      const last = iteration >= maxIterations
      if (last || iteration % measureEvery === 0) {
        const { value, optimality } = yield* walk.measure(whole)
        const here: Step = { ask: 'step', iteration, value, optimality, at }
        if (!finite(value, optimality)) return ending('non-finite', best ?? here)
        if (!(best && best.value <= value)) best = { ...here, at: at.slice() }
        yield here
        if (optimality <= tolerance) return ending('converged', here)
        if (last) return ending('iteration-limit', { ...best, iteration })
      }
      if (!(yield* walk.epoch(iteration))) return ending('non-finite', best!)
    }
  }
}
