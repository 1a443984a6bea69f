// Making a kernel of what was compiled beforehand: synchronously, in Node and in a page, with no step that a user has to take.

/** The part of the platform's WebAssembly that the kernels use; typed here, so that no dependent needs the types of a browser. */
interface Platform {
  Module: new (bytes: Uint8Array) => object
  Memory: new (size: { initial: number; maximum?: number }) => Memory
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

/** Compiled code from base64. */
export const compiled = (base64: string): object =>
  new (platform().Module)(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)))

/** Memory of at least so many bytes, all 0. @throws RangeError where there is not as much. */
export const memoryOf = (bytes: number): Memory =>
  new (platform().Memory)({ initial: Math.ceil(bytes / PAGE) })

/** The exports of a module that works on this memory. */
export const instantiate = <Exports>(module: object, memory: Memory): Exports =>
  new (platform().Instance)(module, { env: { memory } }).exports as Exports
