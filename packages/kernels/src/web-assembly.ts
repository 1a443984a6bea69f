// Making a kernel of what was compiled beforehand: synchronously, in Node and in a page, with no step that a user has to take.

/** The part of the platform's WebAssembly that the kernels use; typed here, so that no dependent needs the types of a browser. */
interface Platform {
  Module: new (bytes: Uint8Array) => object
  Memory: new (size: { initial: number; maximum: number; shared: boolean }) => Memory
  Instance: new (module: object, imports: { env: { memory: Memory } }) => { readonly exports: unknown }
}

/** Linear memory, in pages of 64 KiB. */
export interface Memory {
  readonly buffer: ArrayBuffer
  /** By 0 pages: what lies over the memory of before is empty then, and `buffer` another. */
  grow(pages: number): number
}

const PAGE = 65536

const platform = () => (globalThis as unknown as { WebAssembly: Platform }).WebAssembly

/** Code in hexadecimal, and what it is compiled to: for memory of one thread, for memory that threads share. */
interface Code {
  readonly hex: string
  readonly modules: object[]
}

/** Whose exports they are; workers make their own from it. */
export interface Origin {
  readonly exports: Readonly<Record<string, (...numbers: readonly number[]) => number>>
  readonly module: object
  readonly memory: Memory
}

/** Of the exports on memory that threads share. */
export const origins = new WeakMap<object, Origin>()

/** Code from hexadecimal, compiled at the first use. */
export const compiled = (hex: string): object => ({ hex, modules: [] }) satisfies Code

// The most that one array of any platform has.
const MOST_WEIGHT = 1073741824

/** Memory of at least so many bytes, all 0. @throws RangeError where there is not as much. */
export function memoryOf(bytes: number, shared = false): Memory {
  const pages = Math.ceil(bytes / PAGE)
  const memory = new (platform().Memory)({ initial: pages, maximum: pages, shared })
  // For a garbage collector shared memory weighs nothing, and is not worth collecting. An array that is never written, hence never really
  // there, weighs as much in its place.
  if (shared) Object.assign(memory, { weight: new ArrayBuffer(Math.min(MOST_WEIGHT, PAGE * pages)) })
  return memory
}

// How the code says of its memory, `memory`, that it has a limit, and that it is shared as well.
const OF_ONE = '6d656d6f72790201'
const OF_MANY = '6d656d6f72790203'

/** Eight digits at a time: this runs once, and cold. */
function bytesOf(hex: string): Uint8Array {
  const size = hex.length / 2
  const words = new DataView(new ArrayBuffer((size + 3) & ~3))
  const padded = hex.padEnd(2 * words.byteLength, '0')
  for (let q = 0; q < size; q += 4) words.setUint32(q, Number.parseInt(padded.slice(2 * q, 2 * q + 8), 16))
  return new Uint8Array(words.buffer, 0, size)
}

/** The exports of code that works on this memory. */
export function instantiate<Exports extends object>(code: object, memory: Memory): Exports {
  const { hex, modules } = code as Code
  const { Module, Instance } = platform()
  const shared = !(memory.buffer instanceof ArrayBuffer)
  modules[+shared] ??= new Module(bytesOf(shared ? hex.replace(OF_ONE, OF_MANY) : hex))
  const module = modules[+shared]
  const { exports } = new Instance(module, { env: { memory } })
  if (shared) origins.set(exports as object, { exports: exports as Origin['exports'], module, memory })
  return exports as Exports
}
