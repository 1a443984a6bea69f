// A dense matrix as softmax problems want it.
import type { Problem, ProblemOracle } from '@logodds/linear'
import { runChunks } from './crew.ts'
import { type DenseColumns, prepare } from './dense-columns.ts'
import { type DenseStorage, widthOf } from './dense-storage.ts'
import { strideOf } from './many-columns.ts'
import { softmaxModule } from './softmax-module.ts'
import { type HessianAnswer, softmaxOracle } from './softmax-oracle.ts'

// 16 rows are worth the loading and storing of their sums; of few columns, as many as half of the first cache holds.
const LEAST_ROWS = 16
const MOST_ROWS = 512
const BLOCK_NUMBERS = 1600

const place = (array: { byteOffset: number }) => array.byteOffset
const even = (count: number) => (count + 1) & ~1

/** The oracle of a softmax problem in place of the `plain` one, or undefined: see {@link softmaxOracle}. */
export function denseSoftmax(
  storage: DenseStorage,
  columns: DenseColumns,
  problem: Problem,
  plain: ProblemOracle,
): ProblemOracle | undefined {
  const { rows: n, columns: P, numbers, room, memory } = storage
  const module = softmaxModule(memory)
  const pivots = prepare(storage, columns)
  const blockRows = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, BLOCK_NUMBERS / P)) & ~3
  const rowsFrom = (
    first: number,
    rows: number,
    shifted: Float64Array,
  ): [number, number, number, number, number] => [
    place(numbers) + 8 * first * P,
    rows,
    P,
    pivots,
    place(shifted),
  ]
  const { from, intercept } = columns
  const { width: K } = problem
  const width = widthOf(from.length)
  const block = blockRows * width
  const scores = blockRows * strideOf(K)
  const hessian: HessianAnswer = {
    // Probabilities and what they lack of 1, curvatures, the block's columns, the same with weights, Gram matrices of pairs of classes.
    scratch: [scores, scores, blockRows, block, block, ((K * (K + 1)) / 2) * width ** 2],
    run: (parts) =>
      runChunks(
        module,
        'hessian',
        parts.map(({ first, rows, shifted, tail, more: [chance, others, c, packed, weighted, h] }) => [
          ...rowsFrom(first, rows, shifted),
          ...tail,
          place(storage.keep),
          from.length,
          place(storage.mean),
          place(storage.inverse),
          +intercept,
          place(chance),
          place(others),
          place(c),
          width,
          place(packed),
          place(weighted),
          place(h),
        ]),
      ),
    write(sum, { hessian: out }) {
      const p = from.length + +intercept
      const size = p * K
      for (let a = 0, at = 0; a < K; a++)
        for (let b = 0; b <= a; b++, at += width ** 2)
          for (let j = 0; j < p; j++)
            for (let l = 0; l <= j; l++) {
              const value = sum[at + j * width + l]
              // Each pair of columns with each pair of classes, both ways round.
              out[(j * K + a) * size + l * K + b] = value
              out[(j * K + b) * size + l * K + a] = value
              out[(l * K + a) * size + j * K + b] = value
              out[(l * K + b) * size + j * K + a] = value
            }
    },
  }
  return softmaxOracle(
    {
      module,
      rows: n,
      columns: P,
      bytes: 8 * n * P,
      blockRows,
      room,
      scratch: pivots ? even(blockRows * P) : 0,
      pivoted: pivots > 0,
      ready: () => prepare(storage, columns),
      place: rowsFrom,
      hessian,
    },
    columns,
    problem,
    plain,
  )
}
