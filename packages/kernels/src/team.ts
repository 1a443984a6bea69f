// This thread and its workers at one question: chunks are taken one by one by whoever is free, so nobody waits for a worker that is not
// there yet; only at the end for those that have a chunk.
import {
  ASLEEP,
  CALL,
  COUNT,
  DESK_BYTES,
  DONE,
  EACH,
  ENDED,
  FAILED,
  FIRST,
  GIVEN,
  LAST_BITS,
  MAIL,
  MEMORY,
  MODULE,
  MOST_CHARACTERS,
  MOST_NUMBERS,
  NUMBERS,
  READY,
  RESULTS,
  SLEEPERS,
  STATE,
  TROUBLE,
  TURN,
} from './desk.ts'
import type { Mail } from './mail.ts'
import { maySleep, startWorker, type Worker } from './platform-threads.ts'
import type { Origin } from './web-assembly.ts'

/** Workers, and where they find their work. */
export interface Team {
  /** How many of the workers have started and not ended. */
  ready(): number
  /** Whether all of them have ended, because nothing came for long. */
  ended(): boolean
  /** Has every worker make ready for these modules on one memory, of which they touch each a part; the first question may be long in coming. */
  foresee(origins: readonly Origin[], untouched: readonly [number, number]): void
  run(origin: Origin, name: string, chunks: readonly (readonly number[])[], said: Float64Array): void
  /** How many chunks workers have finished. */
  helped(): number
  /** Ends all workers, whatever they are doing. */
  stop(): void
}

/** In ms; others for tests. */
export interface TeamTimes {
  /** What a chunk of a worker may take after this thread's last, at least. */
  readonly limit: number
  /** After so long without work a worker ends; and where it has been told early. */
  readonly idle: number
  readonly early?: number
}
const TIMES: TeamTimes = { limit: 10_000, idle: 3000, early: 30_000 }
// Beyond that, what a chunk of a worker may take, as a multiple of the longest of this thread's.
const MULTIPLE = 100
// In ms: to be woken takes a thread up to 0.06.
const PATIENCE = 0.1
const NAP = 20
// Of which a worker keeps what it works with: a matrix, and samples of its rows; beyond so many bytes only if all but one are small beside it.
const MOST_MEMORIES = 3
const MOST_BYTES = 1073741824
const MORE = 1.5
const LONG = 100

/** @param failed called when a worker could not be started, or has ended by an error; not while this thread is busy */
export function teamOf(
  workers: number,
  failed: () => void,
  { limit, idle, early = idle }: TeamTimes = TIMES,
): Team {
  const memory = new SharedArrayBuffer(DESK_BYTES)
  const desk = new Int32Array(memory, 0, RESULTS / 4)
  const results = new Float64Array(memory, RESULTS)
  const given = new Float64Array(memory, GIVEN)
  const sleeps = maySleep()
  // What each of them has: of some memories, the one that was asked about last at the end, the modules.
  const crew: { worker: Worker; at: number; memories: Map<number, Kept> }[] = []
  for (let place = 0; place < workers; place++) {
    const at = FIRST + EACH * place
    const worker = startWorker(failed, () => Atomics.store(desk, at + STATE, ENDED))
    if (worker) crew.push({ worker, at, memories: new Map() })
  }
  if (crew.length === 0) failed()
  let question = 0
  let helped = 0
  const numbers = new WeakMap<object, number>()
  let last = 0

  /** What a memory or a module is called on the desk: from 1. */
  const numberOf = (thing: object) => {
    const number = numbers.get(thing) ?? ++last
    numbers.set(thing, number)
    return number
  }

  /** Another turn, with chunks to take from the given one on. */
  const turnTo = (chunk: number) => {
    question = (question + (chunk === LAST_BITS ? 1 : 0)) & 0x7fffff
    return Atomics.exchange(desk, TURN, (question << 8) | chunk)
  }
  turnTo(LAST_BITS)

  /** The next chunk, or −1. */
  const take = () => {
    for (;;) {
      const turn = Atomics.load(desk, TURN)
      if ((turn & LAST_BITS) >= desk[COUNT] || Atomics.load(desk, FAILED)) return -1
      if (Atomics.compareExchange(desk, TURN, turn, turn + 1) === turn) return turn & LAST_BITS
    }
  }

  /** Until workers are done with so many chunks. @returns whether they were in time */
  const waitFor = (chunks: number, most: number) => {
    let waited = 0
    let before = performance.now()
    for (let count = 1; ; count++) {
      const done = Atomics.load(desk, DONE)
      if (done === chunks) return true
      if (count % 100) continue
      const now = performance.now()
      // While the whole process is stopped, or the machine asleep, nobody is late.
      waited += Math.min(now - before, LONG)
      before = now
      if (waited > most) return false
      if (sleeps && waited > PATIENCE) {
        Atomics.store(desk, ASLEEP, 1)
        Atomics.wait(desk, DONE, done, NAP)
        Atomics.store(desk, ASLEEP, 0)
      }
    }
  }

  /** Has every worker work on this memory with this module, as soon as it can. */
  const send = (
    { memory: toMemory, module }: Origin,
    next: number,
    untouched?: readonly [number, number],
  ) => {
    const memoryNumber = numberOf(toMemory)
    const moduleNumber = numberOf(module)
    crew.forEach((member, m) => {
      const { memories } = member
      const kept = memories.get(memoryNumber) ?? { modules: new Set(), bytes: toMemory.buffer.byteLength }
      memories.delete(memoryNumber)
      memories.set(memoryNumber, kept)
      if (kept.modules.has(moduleNumber)) return
      kept.modules.add(moduleNumber)
      const forget = tooMany(memories)
      for (const number of forget) memories.delete(number)
      const place = (member.at - FIRST) / EACH
      const touch = untouched && [m, m + 1].map((k) => mix(untouched, k / crew.length))
      // Counted before it comes: who has read more than there is would wait for more.
      Atomics.add(desk, member.at + MAIL, 1)
      member.worker.postMessage({
        desk: memory,
        place,
        idle,
        next,
        memoryNumber,
        memory: toMemory,
        moduleNumber,
        module,
        forget,
        touch,
      } satisfies Mail)
    })
  }

  const state = ({ at }: { at: number }) => Atomics.load(desk, at + STATE)
  const self: Team = {
    ready: () => crew.filter((member) => state(member) === READY).length,
    ended: () => crew.every((member) => state(member) === ENDED),
    foresee(origins, untouched) {
      origins.forEach((origin, q) => {
        send(origin, early, q === origins.length - 1 ? untouched : undefined)
      })
      // Who sleeps has mail to read.
      turnTo(LAST_BITS)
      Atomics.notify(desk, TURN)
    },
    run(origin, name, chunks, said) {
      send(origin, idle)
      const call = origin.exports[name]
      chunks.forEach((numbers, c) => {
        given.set(numbers, c * MOST_NUMBERS)
      })
      desk[COUNT] = chunks.length
      desk[NUMBERS] = chunks[0].length
      desk[MEMORY] = numberOf(origin.memory)
      desk[MODULE] = numberOf(origin.module)
      desk[CALL] = Object.keys(origin.exports).indexOf(name)
      desk[DONE] = 0
      turnTo(1)
      if (Atomics.load(desk, SLEEPERS)) Atomics.notify(desk, TURN)
      let own = 0
      let longest = 0
      let last = performance.now()
      const finish = () => {
        // Nobody takes another chunk; those who have one finish it.
        const taken = turnTo(LAST_BITS) & LAST_BITS
        const most = Math.max(limit, MULTIPLE * longest)
        const inTime = waitFor(taken - own, most)
        helped += desk[DONE]
        if (inTime && !desk[FAILED]) return
        self.stop()
        throw problem(name, inTime ? heard() : `no result after ${Math.round(most)} ms`)
      }
      try {
        for (let chunk = 0; chunk >= 0; chunk = take()) {
          own++
          results[chunk] = call(...chunks[chunk])
          const now = performance.now()
          longest = Math.max(longest, now - last)
          last = now
        }
      } finally {
        finish()
      }
      said.set(results.subarray(0, chunks.length))
    },
    helped: () => helped,
    stop() {
      for (const { worker } of crew) worker.terminate()
      crew.length = 0
    },
  }

  /** What a worker has written down. */
  const heard = () => {
    const [length, ...codes] = new Uint16Array(memory, TROUBLE, MOST_CHARACTERS + 1)
    return String.fromCharCode(...codes.slice(0, length))
  }
  return self
}

/** What a worker has of a memory. */
interface Kept {
  readonly modules: Set<number>
  readonly bytes: number
}

/** Of memories, the last of which is at work, the oldest that are too many or too large. */
function tooMany(memories: ReadonlyMap<number, Kept>): number[] {
  const sizes = [...memories.values()].map(({ bytes }) => bytes)
  const most = Math.max(MOST_BYTES, MORE * Math.max(...sizes))
  const isTooMuch = (some: readonly number[]) =>
    some.length > MOST_MEMORIES || some.reduce((a, b) => a + b, 0) > most
  return [...memories.keys()].slice(0, -1).filter((_, q) => isTooMuch(sizes.slice(q)))
}

/** From one number to the other. */
const mix = ([from, to]: readonly [number, number], share: number) => from + share * (to - from)

function problem(name: string, what: string): Error {
  const error = new Error(`threads: a worker at ${name} failed: ${what}`)
  error.name = 'ThreadError'
  return error
}
