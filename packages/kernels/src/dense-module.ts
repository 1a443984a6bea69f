// What assembly/dense.ts exports. Places are in bytes; 0 is none.
import { wasm } from './dense.generated.ts'
import { compiled, instantiate, type Memory } from './web-assembly.ts'

export interface DenseModule {
  stream(x: number, n: number): number
  widen(from: number, count: number, to: number): void
  addSquares(
    x: number,
    rows: number,
    p: number,
    keep: number,
    kept: number,
    size: number,
    mean: number,
    inverse: number,
    last: number,
    c: number,
    sums: number,
  ): void
  packPanels(
    x: number,
    rows: number,
    p: number,
    keep: number,
    kept: number,
    size: number,
    mean: number,
    inverse: number,
    last: number,
    c: number,
    first: number,
    room: number,
    to: number,
  ): void
  multiply(
    x: number,
    rows: number,
    p: number,
    v: number,
    bias: number,
    pivots: number,
    offset: number,
    out: number,
  ): void
  multiplyTransposed(x: number, rows: number, p: number, r: number, pivots: number, g: number): void
  pass(
    order: number,
    x: number,
    wide: number,
    turn: number,
    before: number,
    n: number,
    p: number,
    blockRows: number,
    known: number,
    v: number,
    bias: number,
    pivots: number,
    offset: number,
    eta: number,
    y: number,
    s: number,
    residual: number,
    curvature: number,
    g: number,
    h: number,
    keep: number,
    kept: number,
    mean: number,
    inverse: number,
    intercept: number,
    width: number,
    packed: number,
    weighted: number,
  ): number
  gram(
    x: number,
    rows: number,
    p: number,
    keep: number,
    kept: number,
    mean: number,
    inverse: number,
    intercept: number,
    s: number,
    width: number,
    packed: number,
    weighted: number,
    h: number,
  ): void
  product(
    x: number,
    wide: number,
    turn: number,
    n: number,
    p: number,
    blockRows: number,
    v: number,
    bias: number,
    pivots: number,
    curvature: number,
    moved: number,
    g: number,
  ): void
}

let module: object | undefined

/** The module at work on this memory; compiled at the first call. */
export function denseModule(memory: Memory): DenseModule {
  module ??= compiled(wasm)
  return instantiate<DenseModule>(module, memory)
}
