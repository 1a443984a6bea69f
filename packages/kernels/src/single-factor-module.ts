// What assembly/single-factor.ts exports. Places are in bytes.
import { wasm } from './single-factor.generated.ts'
import { compiled, instantiate, type Memory } from './web-assembly.ts'

export interface SingleFactorModule {
  gram(packed: number, rows: number, room: number, panels: number, a: number): void
  factorize(a: number, panels: number, least: number): number
  solve(u: number, panels: number, z: number): void
}

let module: object | undefined

/** The module at work on this memory; compiled at the first call. */
export function singleFactorModule(memory: Memory): SingleFactorModule {
  module ??= compiled(wasm)
  return instantiate<SingleFactorModule>(module, memory)
}
