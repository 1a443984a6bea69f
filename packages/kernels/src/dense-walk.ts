// From row to row of a stored matrix: linear's walk, and for logistic problems many rows in one call of the module.
import { binaryCrossEntropyBlocks } from '@logodds/core'
import { type Problem, denseWalk as plainWalk, type RowWalk } from '@logodds/linear'
import type { DenseColumns } from './dense-columns.ts'
import { type DenseStorage, demandHeld } from './dense-storage.ts'
import { dualModule } from './dual-module.ts'

// Numbers of a record: see assembly/dual.ts.
const RECORD = 9

/** @param metric M: one number for each column of the design */
export function denseWalk(
  storage: DenseStorage,
  columns: DenseColumns,
  metric: Float64Array,
  problem?: Problem,
): RowWalk {
  const { memory, numbers, rows: n, columns: P, room } = storage
  const { from, mean } = columns
  const plain = plainWalk({ data: numbers, shape: [n, P], stride: [P, 1], offset: 0 }, columns, metric)
  const { state } = plain
  const walk: RowWalk = {
    ...plain,
    dot(i) {
      demandHeld(storage)
      return plain.dot(i)
    },
  }
  // Where a column is there twice, its two coefficients cannot be told from the one that the module has.
  const once = from.every((c, j) => !j || c > from[j - 1])
  // u and its growth, pivots, the ones, and as many records as there is room for.
  const most = Math.floor((room.length - 3 * P - 2) / RECORD) & ~1
  if (
    storage.single ||
    problem?.blocks !== binaryCrossEntropyBlocks ||
    problem.width !== 1 ||
    !once ||
    most < 2
  )
    return walk

  const { y, weights, offset } = problem
  const module = dualModule(memory)
  const centred = mean.some((m) => m !== 0)
  // What records keep from one visit to the next.
  const squares = new Float64Array(n).fill(-1)
  const logits = new Float64Array(n).fill(Number.NaN)
  const nexts = new Float64Array(n).fill(-1)
  const crosses = new Float64Array(n)
  return {
    ...walk,
    square: (i) => (squares[i] < 0 ? walk.square(i) : squares[i]),
    sweep(order, dual) {
      demandHeld(storage)
      const [u, growth, pivots] = [0, 1, 2].map((k) => room.subarray(k * P, (k + 1) * P).fill(0))
      const ones = room.subarray(3 * P, 3 * P + 2)
      const records = room.subarray(3 * P + 2)
      from.forEach((c, j) => {
        u[c] = state.u[j]
        growth[c] = state.growth[j]
        pivots[c] = mean[j]
      })
      ones[0] = state.intercept
      ones[1] = state.ones
      let moved = 0
      for (let first = 0; first < order.length; first += most) {
        const some = order.subarray(first, first + most)
        some.forEach((i, r) => {
          // Where −φ′ is αᵢ: σ = y − αᵢ/s.
          if (Number.isNaN(logits[i]))
            logits[i] = Math.log(y[i] - dual[i] / weights[i]) - Math.log(1 - y[i] + dual[i] / weights[i])
          records.set(
            [
              i,
              weights[i],
              y[i],
              offset ? offset[i] : 0,
              squares[i],
              dual[i],
              logits[i],
              nexts[i],
              crosses[i],
            ],
            r * RECORD,
          )
        })
        moved += module.sweep(
          numbers.byteOffset,
          P,
          centred ? pivots.byteOffset : 0,
          u.byteOffset,
          growth.byteOffset,
          ones.byteOffset,
          records.byteOffset,
          some.length,
        )
        some.forEach((i, r) => {
          squares[i] = records[r * RECORD + 4]
          dual[i] = records[r * RECORD + 5]
          logits[i] = records[r * RECORD + 6]
          nexts[i] = records[r * RECORD + 7]
          crosses[i] = records[r * RECORD + 8]
        })
      }
      from.forEach((c, j) => {
        state.u[j] = u[c]
      })
      state.intercept = ones[0]
      return moved
    },
  }
}
