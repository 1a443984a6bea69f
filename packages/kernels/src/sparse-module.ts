// What assembly/sparse.ts exports. Places are in bytes; 0 is none.
import { wasm } from './sparse.generated.ts'
import { compiled, instantiate, type Memory } from './web-assembly.ts'

/** Compressed rows: whether columns are numbered in 32 bits, where the rows' starts, all indices and all values are, and how many rows. */
type Rows = [wide: number, starts: number, indices: number, values: number, rows: number]

export interface SparseModule {
  multiply(...args: [...Rows, v: number, bias: number, offset: number, out: number]): void
  multiplyTransposed(...args: [...Rows, r: number, g: number]): void
  pass(
    ...args: [
      order: number,
      wanted: number,
      known: number,
      ...Rows,
      p: number,
      blockRows: number,
      v: number,
      bias: number,
      offset: number,
      eta: number,
      y: number,
      s: number,
      residual: number,
      curvature: number,
      g: number,
      h: number,
      t: number,
      pairs: number,
    ]
  ): number
  product(
    ...args: [
      ...Rows,
      p: number,
      blockRows: number,
      v: number,
      bias: number,
      curvature: number,
      moved: number,
      g: number,
    ]
  ): void
  finite(x: number, n: number): number
  count(x: number, n: number): number
  compress(...args: [...Rows, x: number, p: number]): void
  /** A whole number, of 32 bits with a sign. */
  take(
    wide: number,
    given: number,
    count: number,
    before: number,
    columns: number,
    indices: number,
    first: number,
  ): number
  firstWalk(
    ...args: [...Rows, row: number, weights: number, numbers: number, masses: number, even: number]
  ): void
  secondWalk(...args: [...Rows, weights: number, numbers: number]): void
  squares(...args: [...Rows, curvature: number, p: number, out: number]): void
  gram(...args: [...Rows, curvature: number, p: number, h: number, t: number, pairs: number]): void
}

let module: object | undefined

/** The module at work on this memory; compiled at the first call. */
export function sparseModule(memory: Memory): SparseModule {
  module ??= compiled(wasm)
  return instantiate<SparseModule>(module, memory)
}
