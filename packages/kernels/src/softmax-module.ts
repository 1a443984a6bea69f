// What assembly/softmax.ts and assembly/sparse-softmax.ts export. Places are in bytes; 0 is none.
import { wasm } from './softmax.generated.ts'
import { wasm as sparseWasm } from './sparse-softmax.generated.ts'
import { compiled, instantiate, type Memory } from './web-assembly.ts'

/** Consecutive rows of a row-major matrix of p columns, pivots to be taken from them, and room for a block of them then. */
type Rows = [x: number, rows: number, p: number, pivots: number, shifted: number]

/** How many classes, how many bytes from a row of η to the next, and how many rows make a block. */
type Shape = [K: number, stride: number, blockRows: number]

type Answer = [
  known: number,
  w: number,
  offset: number,
  eta: number,
  y: number,
  s: number,
  residual: number,
  g: number,
]

/** What is behind the rows and the order in each question about f. */
export type Tail = [...Shape, ...Answer]

type Grams = [
  keep: number,
  kept: number,
  mean: number,
  inverse: number,
  intercept: number,
  chance: number,
  others: number,
  c: number,
  width: number,
  packed: number,
  weighted: number,
  h: number,
]

/** A module that answers about rows, which it takes first, by their own kind of places. */
export interface RowsModule<Rows extends number[]> {
  pass(...args: [...Rows, order: number, ...Tail]): number
  /** Without a look at the rows of the matrix. */
  balance(
    rows: number,
    K: number,
    stride: number,
    eta: number,
    y: number,
    s: number,
    shift: number,
    scratch: number,
    out: number,
  ): void
  product(
    ...args: [...Rows, ...Shape, v: number, eta: number, s: number, chance: number, moved: number, g: number]
  ): void
}

export interface SoftmaxModule extends RowsModule<Rows> {
  hessian(...args: [...Rows, ...Tail, ...Grams]): number
}

/** Consecutive compressed rows, as in sparse-module.ts, and how many columns the matrix has. */
type SparseRowsOf = [wide: number, starts: number, indices: number, values: number, rows: number, p: number]

export type SparseSoftmaxModule = RowsModule<SparseRowsOf>

let module: object | undefined
let sparse: object | undefined

/** The module at work on this memory; compiled at the first call. */
export function softmaxModule(memory: Memory): SoftmaxModule {
  module ??= compiled(wasm)
  return instantiate<SoftmaxModule>(module, memory)
}

/** That of assembly/sparse-softmax.ts. */
export function sparseSoftmaxModule(memory: Memory): SparseSoftmaxModule {
  sparse ??= compiled(sparseWasm)
  return instantiate<SparseSoftmaxModule>(sparse, memory)
}
