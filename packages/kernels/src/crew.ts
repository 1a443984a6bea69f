// Who works on the chunks of a question: this thread and, once the work that there has been shows that it pays, workers beside it.
import { MOST_CHUNKS, MOST_NUMBERS } from './desk.ts'
import { canShare, processors } from './platform-threads.ts'
import { type Team, type TeamTimes, teamOf } from './team.ts'
import { origins } from './web-assembly.ts'

// Where memory is what limits, more threads gain nothing.
const MANY_THREADS = 8
// As many as there are chunks.
const MOST_THREADS = 32
// A question of fewer chunks is over before a worker has woken up.
const FEW_CHUNKS = 4
// In ms: what there is to do before workers are started, each of which takes 20 to 90 beside this thread, and 2 of its own.
const PAYS = 40
// Any fit of so many bytes is as much: at least ten readings, at 8 GB/s.
const MANY_BYTES = 33554432
// So much of the time has to be work.
const SHARE = 0.1

// What the user wants; 0 is: as the machine has processors.
let most = 0
let team: Team | undefined
// Work so far, in ms, less some for the time between; and when there was some last.
let work = 0
let last = 0
let denied = false

/**
 * How many threads a fit may use, this one among them; says how many it may use now. Without an argument nothing changes. By default as
 * many as the machine has processors, at most 8. It is 1 in pages that are not cross-origin isolated, where threads cannot share memory, or
 * whose policy forbids workers from a blob.
 *
 * Threads are started when a matrix of 32 MiB or more is made, or when there has been work for some 40 ms; they end when there has been none
 * for 3 s, or for 30 s if none has come yet for the matrix for which they were started. They take part in questions about at least 1 MiB of
 * data that lies in memory made since threads were allowed. Results are the same to the bit for any number.
 *
 * @param count a whole number from 1 to 32; 1 ends the others at once
 * @throws RangeError if it is anything else
 */
export function threads(count?: number): number {
  if (count !== undefined) {
    if (!(Number.isInteger(count) && count >= 1 && count <= MOST_THREADS))
      throw new RangeError(`threads: expected count a whole number from 1 to ${MOST_THREADS}, got ${count}`)
    most = count
    denied = false
    dismiss()
  }
  if (denied || !canShare()) return 1
  return most || Math.min(processors(), MANY_THREADS)
}

/** The workers that there are. For tests. */
export const engaged = (): Team | undefined => team

/** Starts workers, or says which there are. For tests, too, which do not wait for the work to show that it pays. */
export function engage(times?: TeamTimes): Team | undefined {
  if (team?.ended()) dismiss()
  if (!team && threads() > 1) {
    let made: Team | undefined
    const failed = () => {
      if (team !== made) return
      denied = true
      dismiss()
    }
    made = teamOf(threads() - 1, failed, times)
    team = made
  }
  return team
}

/**
 * Starts workers for questions about a memory where there will be enough of them, however short each is: while its numbers are written, they
 * start, and touch what only the questions need, since the system has pages to make when memory is touched first.
 *
 * @param bytes what a question reads
 * @param modules on that memory, for which they are to be ready
 * @param untouched where it begins and ends, in bytes
 * @returns whether there are any
 */
export function foresee(
  bytes: number,
  modules: () => readonly object[],
  untouched: readonly [number, number],
): boolean {
  if (bytes < MANY_BYTES || threads() === 1) return false
  const known = modules()
    .map((module) => origins.get(module))
    .filter((origin) => origin !== undefined)
  if (known.length === 0) return false
  const crew = engage()
  crew?.foresee(known, untouched)
  return !!crew
}

function dismiss(): void {
  team?.stop()
  team = undefined
  work = 0
}

/** The numbers that an export takes. */
type Numbers<Exports, Name extends keyof Exports> = Exports[Name] extends (...numbers: infer Given) => unknown
  ? Given
  : never

/**
 * Calls an export once for each chunk, with that chunk's arguments: in any order, on any thread; hence chunks have outputs and scratch
 * of their own.
 *
 * @returns what each call returns, in the order of the chunks: true is 1, nothing is NaN
 * @throws ThreadError if a worker fails, or is not done in a hundred times the time of this thread; all workers are ended then
 */
export function runChunks<Exports extends object, Name extends keyof Exports & string>(
  module: Exports,
  name: Name,
  chunks: readonly Numbers<Exports, Name>[],
): Float64Array {
  const given = chunks as readonly (readonly number[])[]
  const said = new Float64Array(given.length)
  const origin = origins.get(module)
  const count = given.length
  if (origin && count >= FEW_CHUNKS && count <= MOST_CHUNKS && given[0].length <= MOST_NUMBERS) {
    const start = performance.now()
    work = Math.max(0, work - SHARE * (start - last))
    if (team?.ended()) dismiss()
    const crew = team ?? (work > PAYS ? engage() : undefined)
    try {
      if (crew) crew.run(origin, name, given, said)
      else alone(module, name, given, said)
    } catch (error) {
      dismiss()
      throw error
    }
    last = performance.now()
    work += last - start
  } else alone(module, name, given, said)
  return said
}

function alone<Exports extends object>(
  module: Exports,
  name: keyof Exports,
  given: readonly (readonly number[])[],
  said: Float64Array,
): void {
  const call = module[name] as (...numbers: readonly number[]) => number
  given.forEach((numbers, c) => {
    said[c] = call(...numbers)
  })
}
