// What runs in a worker: it takes chunks of the question on the desk, one after the other, until there is none; then it watches for a
// moment, then it sleeps, and when nothing has come for long it ends. scripts/compile.mjs makes it, with src/desk.ts, a text.
import {
  ASLEEP,
  CALL,
  COUNT,
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
} from '../src/desk.ts'
import type { Mail } from '../src/mail.ts'

/** A worker's way to its maker: the port of Node's, the global object of a browser's. */
interface Port {
  onmessage: (event: { data: Mail }) => void
  close(): void
}

type Call = (...numbers: number[]) => unknown

const outside = globalThis as unknown as Port & {
  process?: { getBuiltinModule?(name: string): { parentPort: Port } }
  WebAssembly: { Instance: new (module: object, imports: object) => { exports: Record<string, Call> } }
  performance: { now(): number }
}
const port = outside.process?.getBuiltinModule?.('node:worker_threads').parentPort ?? outside
const { performance, WebAssembly } = outside

// In ms. To be woken takes a thread up to 0.06.
const MOST_PATIENCE = 0.2
const LEAST_PATIENCE = 0.01

// In words: 4 KiB.
const PAGE = 1024

let desk: Int32Array
let results: Float64Array
let given: Float64Array
let trouble: Uint16Array
let mine = 0
let idle = 0
// What it is until the next question.
let next = 0
let read = 0
let patience = 0.05

/** Of each memory: the calls of the modules. For a garbage collector shared memory weighs nothing: `weight` weighs as much in its place. */
const memories = new Map<number, { readonly modules: Call[][]; readonly weight: ArrayBuffer }>()
// The most that one array of any platform has.
const MOST_WEIGHT = 2 ** 30

port.onmessage = ({ data }) => {
  if (!desk) {
    desk = new Int32Array(data.desk, 0, RESULTS / 4)
    results = new Float64Array(data.desk, RESULTS)
    given = new Float64Array(data.desk, GIVEN)
    trouble = new Uint16Array(data.desk, TROUBLE)
    idle = data.idle
    mine = FIRST + EACH * data.place
  }
  read++
  next = data.next
  for (const number of data.forget) memories.delete(number)
  if (!memories.has(data.memoryNumber)) {
    const weight = new ArrayBuffer(Math.min(MOST_WEIGHT, data.memory.buffer.byteLength))
    memories.set(data.memoryNumber, { modules: [], weight })
  }
  const imports = { env: { memory: data.memory } }
  const modules = memories.get(data.memoryNumber)?.modules ?? []
  modules[data.moduleNumber] = Object.values(new WebAssembly.Instance(data.module, imports).exports)
  Atomics.store(desk, mine + STATE, READY)
  if (data.touch) touch(new Int32Array(data.memory.buffer), data.touch)
  if (!serve()) {
    Atomics.store(desk, mine + STATE, ENDED)
    port.close()
  }
}

/** Writes what is there on every page, so that the system makes it, and does not when there is other work. */
function touch(words: Int32Array, [from, to]: readonly number[]): void {
  const turn = Atomics.load(desk, TURN)
  for (let q = Math.floor(from / 4); q < to / 4 && Atomics.load(desk, TURN) === turn; q += PAGE)
    Atomics.add(words, q, 0)
}

/** @returns whether there is mail; otherwise nobody needs this worker any more */
function serve(): boolean {
  for (;;) {
    const turn = Atomics.load(desk, TURN)
    if (Atomics.load(desk, mine + MAIL) !== read) return true
    const chunk = turn & LAST_BITS
    const call = memories.get(desk[MEMORY])?.modules[desk[MODULE]]
    if (call && chunk < desk[COUNT]) {
      // If nobody has taken it, nor has the question changed.
      if (Atomics.compareExchange(desk, TURN, turn, turn + 1) === turn) work(call[desk[CALL]], chunk)
    } else if (!wait(turn)) return false
  }
}

function work(call: Call, chunk: number): void {
  try {
    const from = chunk * MOST_NUMBERS
    results[chunk] = Number(call(...given.subarray(from, from + desk[NUMBERS])))
  } catch (error) {
    if (Atomics.compareExchange(desk, FAILED, 0, 1) === 0) {
      const text = String(error).slice(0, MOST_CHARACTERS)
      trouble[0] = text.length
      for (let q = 0; q < text.length; q++) trouble[q + 1] = text.charCodeAt(q)
    }
  }
  Atomics.add(desk, DONE, 1)
  if (Atomics.load(desk, ASLEEP)) Atomics.notify(desk, DONE)
}

/** Until the turn is another. @returns whether it was before long */
function wait(turn: number): boolean {
  const start = performance.now()
  do {
    for (let q = 0; q < 100; q++) if (Atomics.load(desk, TURN) !== turn) return asked()
  } while (performance.now() - start < patience)
  Atomics.add(desk, SLEEPERS, 1)
  const why = Atomics.wait(desk, TURN, turn, next)
  Atomics.sub(desk, SLEEPERS, 1)
  // Longer patience where it would nearly have done.
  const near = performance.now() - start < 5 * MOST_PATIENCE
  patience = near ? Math.min(MOST_PATIENCE, 2 * patience) : Math.max(LEAST_PATIENCE, patience / 2)
  return why !== 'timed-out' && (Atomics.load(desk, TURN) === turn || asked())
}

/** There has been a question. */
function asked(): true {
  next = idle
  return true
}
