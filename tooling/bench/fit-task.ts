// What is measured where the work is a fit: each side says where it ended, and the benchmark itself finds how good that is.
import type { Runner } from './task.ts'

/** One side: a process that fits as often as it is told to, each time with a setting of its own stopping rule. */
export interface Side extends Runner {
  readonly ours: boolean
  /** Settings of its stopping rule, from loose to tight; the loosest that reaches a target is what is timed. */
  readonly settings: readonly number[]
  /** Whether it can be told to use two threads. */
  readonly threaded: boolean
  /** Not what the library offers, but what can be made of its parts: shown, and no peer. */
  readonly byHand?: boolean
}

/** What a side says of one fit. */
export interface FitRun {
  readonly seconds: number
  /** A file of doubles: where it ended, in the form that the problem's `value` takes. */
  readonly coefficients: string
  /** Over the data, where it counts them. */
  readonly passes?: number
}

/** The objective of a task's data, evaluated without any of the code that is measured. */
export interface FitProblem {
  /** The penalised objective, exact but for the last digits. */
  value(coefficients: Float64Array): number
  /** The smallest value there is, certified. */
  readonly minimum: number
  /** What one pass over the data reads. */
  readonly bytes: number
}

export interface FitTask {
  readonly id: string
  readonly title: string
  /** A folder's name. */
  readonly data: string
  make(folder: string): void
  problem(folder: string): FitProblem
  readonly sides: readonly Side[]
  /** Measures bytes of X a second in one pass of ours, for one thread. */
  readonly pass?: Runner | undefined
  /** Relative suboptimality (f − f*) / f* to be reached, from loose to tight; the table is about the last. */
  readonly targets: readonly number[]
  /** With how many threads; the first is also the one of the settings. */
  readonly threads: readonly number[]
  /** Runs after the first, at most. */
  readonly rounds: number
  /** After so many seconds a side that has not reached its targets is given up. */
  readonly patience: number
  /** The name of the peer that is to be compared with; default: the best. */
  readonly against?: string | undefined
  /** How many times as fast as that peer, for each number of threads: what has to be, and what is hoped for. */
  readonly required: readonly number[]
  readonly goals: readonly number[]
  /** Whether the table says what a whole process takes, from its start to its end. */
  readonly wholeProcess?: boolean
}
