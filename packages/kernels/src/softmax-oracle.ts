// The oracle of a softmax problem over a matrix in linear memory: a question is one pass over the matrix. What belongs to the rows is taken to
// linear memory and back piece by piece, so that the room there need not grow with their number, nor with K.
import type { ObjectiveQuery, Problem, ProblemOracle } from '@logodds/linear'
import { inverseOf } from './cholesky.ts'
import { addUp } from './chunks.ts'
import { runChunks } from './crew.ts'
import { copyRows, type DesignColumns, readMany, strideOf, writeMany } from './many-columns.ts'
import type { RowsModule, Tail } from './softmax-module.ts'
import { type ChunkRoom, type Plan, planOf } from './softmax-plan.ts'

export type HessianQuery = Extract<ObjectiveQuery, { ask: 'hessian' }>
type CurvatureQuery = Extract<ObjectiveQuery, { ask: 'curvature' }>

/** A matrix of n rows and P columns of its own. */
export interface ColumnsMatrix<Rows extends number[]> {
  readonly module: RowsModule<Rows>
  readonly rows: number
  readonly columns: number
  readonly bytes: number
  readonly blockRows: number
  readonly room: Float64Array
  /** Numbers of scratch that `place` wants, an even number. */
  readonly scratch: number
  /** Whether means are taken from the numbers themselves, not from sums. */
  readonly pivoted: boolean
  /** To be called before each question. @throws TypeError if the memory has been given back */
  ready(): void
  /** What the module's functions take first, for rows from `first` on. */
  place(first: number, rows: number, scratch: Float64Array): Rows
  /** For matrices that can answer about the Hessian, too: how, in one pass. */
  readonly hessian?: HessianAnswer | undefined
}

export interface HessianAnswer {
  /** Numbers that each chunk needs beside the others; even numbers. The last of the arrays is added up over the chunks. */
  readonly scratch: readonly number[]
  /** As `pass` of order 1. */
  run(parts: readonly HessianPart[]): Float64Array
  /** Writes the Hessian from the last array's sum. */
  write(sum: Float64Array, query: HessianQuery): void
}

/** Some rows of a chunk. */
export interface HessianPart {
  readonly first: number
  readonly rows: number
  readonly shifted: Float64Array
  readonly tail: Tail
  /** The arrays of `scratch`. */
  readonly more: readonly Float64Array[]
}

// Farther away Newton's method may jump to and fro.
const FAR = 2
const MOST_STEPS = 20
const SMALL_SLOPE = 1e-10

const place = (array: Float64Array) => array.byteOffset

/** @returns undefined where the room is too small, or a target is no class */
export function softmaxOracle<Rows extends number[]>(
  matrix: ColumnsMatrix<Rows>,
  columns: DesignColumns,
  problem: Problem,
  plain: ProblemOracle,
): ProblemOracle | undefined {
  const { columns: P, blockRows, room, module, pivoted, scratch, hessian } = matrix
  const { width: K, y, weights, offset } = problem
  const stride = strideOf(K)
  const needs = { ...matrix, K, offset: offset !== undefined }
  const own = [scratch, stride]
  const plan = planOf(room, { ...needs, scratch: own })
  const planOfHessian = hessian && planOf(room, { ...needs, scratch: [...own, ...hessian.scratch] })
  // A module writes to the place that a target names.
  if (!plan || !y.every((k) => k >= 0 && k < K && k % 1 === 0)) return
  const { at: last, eta } = plain
  // f at `last`; NaN before it is known.
  let value = Number.NaN

  /** Asks about all rows, piece by piece; `ask` gets the chunks that have rows left, and returns their parts of f. */
  const walk = (
    { chunks, piece }: Plan,
    known: boolean,
    ask: (parts: { chunk: ChunkRoom; first: number; rows: number }[]) => Float64Array,
  ) => {
    const said = new Float64Array(chunks.length)
    for (let done = 0; done < chunks[0].rows; done += piece) {
      const parts = chunks.flatMap((chunk) => {
        const count = Math.min(piece, chunk.rows - done)
        return count > 0 ? [{ chunk, first: chunk.first + done, rows: count }] : []
      })
      for (const { chunk, first, rows: count } of parts) {
        chunk.y.set(y.subarray(first, first + count))
        chunk.s.set(weights.subarray(first, first + count))
        if (known) copyRows(eta.subarray(first * K), K, chunk.eta, stride, count, K)
        else if (offset) copyRows(offset.subarray(first * K), K, chunk.offset, stride, count, K)
      }
      ask(parts).forEach((part, c) => {
        said[c] += part
      })
      if (!known)
        for (const { chunk, first, rows: count } of parts)
          copyRows(chunk.eta, stride, eta.subarray(first * K), K, count, K)
    }
    return said.reduce((sum, part) => sum + part)
  }

  const tail = (chunk: ChunkRoom, w: Float64Array, known: boolean): Tail => [
    K,
    8 * stride,
    blockRows,
    +known,
    place(w),
    offset ? place(chunk.offset) : 0,
    place(chunk.eta),
    place(chunk.y),
    place(chunk.s),
    place(chunk.residual),
    place(chunk.g),
  ]
  const begin = ({ w, chunks }: Plan, point: Float64Array) => {
    writeMany(columns, pivoted, point, K, P, w)
    for (const { g } of chunks) g.fill(0)
  }
  const end = ({ chunks }: Plan, out: Float64Array) => {
    addUp(chunks, chunks.length, ({ g }) => g, (P + 1) * stride)
    readMany(columns, pivoted, chunks[0].g, K, P, out)
  }

  const pass = (order: number, at: Float64Array, known: boolean) => {
    begin(plan, at)
    value = walk(plan, known, (parts) =>
      runChunks(
        module,
        'pass',
        parts.map(({ chunk, first, rows }) => [
          ...matrix.place(first, rows, chunk.scratch[0]),
          order,
          ...tail(chunk, plan.w, known),
        ]),
      ),
    )
  }

  const product = ({ along, product: out }: CurvatureQuery) => {
    begin(plan, along)
    walk(plan, true, (parts) =>
      runChunks(
        module,
        'product',
        parts.map(({ chunk, first, rows }) => [
          ...matrix.place(first, rows, chunk.scratch[0]),
          K,
          8 * stride,
          blockRows,
          place(plan.w),
          place(chunk.eta),
          place(chunk.s),
          place(chunk.scratch[1]),
          place(chunk.residual),
          place(chunk.g),
        ]),
      ),
    )
    end(plan, out)
  }

  const bend = (query: HessianQuery, known: boolean, here: Plan, { scratch, run, write }: HessianAnswer) => {
    begin(here, query.at)
    const sums = here.chunks.map(({ scratch: all }) => all[all.length - 1].fill(0))
    value = walk(here, known, (parts) =>
      run(
        parts.map(({ chunk, first, rows }) => ({
          first,
          rows,
          shifted: chunk.scratch[0],
          tail: tail(chunk, here.w, known),
          more: chunk.scratch.slice(own.length),
        })),
      ),
    )
    end(here, query.gradient)
    addUp(sums, sums.length, (sum) => sum, scratch[scratch.length - 1])
    write(sums[0], query)
  }

  /** Newton's method for the K intercepts, from η alone; undefined where it leads far, or K × K numbers have no room. */
  const balance = () => {
    // η is nowhere.
    if (P < K || last.some(Number.isNaN)) return
    const shift = new Float64Array(K)
    const step = new Float64Array(K)
    const { w, chunks } = plan
    const [{ g }] = chunks
    for (let k = 0; k < MOST_STEPS; k++) {
      w.fill(0, 0, stride)
      w.set(shift)
      for (const chunk of chunks) chunk.g.fill(0)
      walk(plan, true, (parts) =>
        runChunks(
          module,
          'balance',
          parts.map(({ chunk, rows }) => [
            rows,
            K,
            8 * stride,
            place(chunk.eta),
            place(chunk.y),
            place(chunk.s),
            place(w),
            place(chunk.residual),
            place(chunk.g),
          ]),
        ),
      )
      addUp(chunks, chunks.length, (chunk) => chunk.g, (K + 1) * stride)
      // diag(Σ s p) − Σ s p pᵀ, p being what sums to 1; and 1 everywhere, since a shift of all classes is none.
      const pairs = (j: number, l: number) => g[(j + 1) * stride + l]
      const mass = (j: number) => step.reduce((sum, _, l) => sum + pairs(j, l), 0)
      const solve = inverseOf(K, (j, l) => 1 - pairs(j, l) + (j === l ? mass(j) : 0))
      const slope = g.slice(0, K)
      solve(slope, step)
      for (let c = 0; c < K; c++) shift[c] -= step[c]
      if (!shift.every((b) => Math.abs(b) <= FAR)) return
      // What is left after this step is about the square of what it made up for.
      if (slope.every((one) => Math.abs(one) <= SMALL_SLOPE)) return shift
    }
    return
  }

  const self: ProblemOracle = {
    at: last,
    balance,
    eta,
    passes: 0,
    begin(query) {
      value = Number.NaN
      return plain.begin(query)
    },
    oracle(query: ObjectiveQuery) {
      matrix.ready()
      const { ask, at } = query
      self.passes++
      if (ask === 'hessian' && !(hessian && planOfHessian)) {
        value = plain.oracle(query)
        return value
      }
      const known = !last.some((v, j) => v !== at[j])
      // Until η is at the new point, it is at none.
      if (!known) last.fill(Number.NaN)
      if (ask === 'hessian' && hessian && planOfHessian) bend(query, known, planOfHessian, hessian)
      else if (ask !== 'curvature') pass(ask === 'value' ? 0 : 1, at, known)
      else if (!known) {
        pass(0, at, known)
        self.passes++
      }
      // What f was is forgotten where another oracle has put η here.
      else if (Number.isNaN(value)) pass(0, at, known)
      last.set(at)
      if (ask === 'gradient') end(plan, query.gradient)
      if (ask === 'curvature') product(query)
      return value
    },
  }
  return self
}
