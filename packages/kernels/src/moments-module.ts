// What assembly/moments.ts exports. Places are in bytes; 0 is none.
import { wasm } from './moments.generated.ts'
import { compiled, instantiate, type Memory } from './web-assembly.ts'

export interface MomentsModule {
  finite(x: number, n: number): number
  finiteSingle(x: number, n: number): number
  moments(
    x: number,
    single: number,
    n: number,
    p: number,
    until: number,
    mass: number,
    s: number,
    mean: number,
    squares: number,
    varies: number,
    hashes: number,
  ): number
}

let module: object | undefined
const instances = new WeakMap<Memory, MomentsModule>()

/** The module at work on this memory; compiled at the first call. */
export function momentsModule(memory: Memory): MomentsModule {
  module ??= compiled(wasm)
  const made = instances.get(memory) ?? instantiate<MomentsModule>(module, memory)
  instances.set(memory, made)
  return made
}
