// What assembly/dual.ts exports. Places are in bytes; 0 is none.
import { wasm } from './dual.generated.ts'
import { compiled, instantiate, type Memory } from './web-assembly.ts'

export interface DualModule {
  sweep(
    x: number,
    p: number,
    pivots: number,
    tilt: number,
    u: number,
    growth: number,
    shared: number,
    records: number,
    count: number,
  ): number
}

let module: object | undefined

/** The module at work on this memory; compiled at the first call. */
export function dualModule(memory: Memory): DualModule {
  module ??= compiled(wasm)
  return instantiate<DualModule>(module, memory)
}
