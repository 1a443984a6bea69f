// From row to row of a stored matrix: linear's walk, and for logistic problems many rows in one call of the module.
import { binaryCrossEntropyBlocks } from '@logodds/core'
import { type Problem, denseWalk as plainWalk, type RowWalk } from '@logodds/linear'
import { type DenseColumns, isFar } from './dense-columns.ts'
import { type DenseStorage, demandHeld } from './dense-storage.ts'
import { dualModule } from './dual-module.ts'

// Numbers of a record: see assembly/dual.ts.
const RECORD = 14
// What a record keeps from one visit to the next, behind α: the logit, the tilt; three rows, and the products with them.
const KEPT = 8
// What all records share.
const SHARED = 5
// Records of one call: code that is new becomes fast while it runs, but only from the next call on.
const SOME = 256

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
  // u and its growth, pivots or a tilt, what all share, and as many records as there is room for.
  const most = Math.min(SOME, Math.floor((room.length - 3 * P - SHARED) / RECORD) & ~1)
  if (
    storage.single ||
    problem?.blocks !== binaryCrossEntropyBlocks ||
    problem.width !== 1 ||
    !once ||
    most < 4
  )
    return walk

  const { y, weights, offset } = problem
  const module = dualModule(memory)
  const centred = mean.some((m) => m !== 0)
  const far = isFar(columns)
  const squares = new Float64Array(n).fill(-1)
  const kept = new Float64Array(n * KEPT).fill(-1)
  for (let i = 0; i < n; i++) kept.set([Number.NaN, 0], i * KEPT)
  return {
    ...walk,
    square: (i) => (squares[i] < 0 ? walk.square(i) : squares[i]),
    sweep(order, dual) {
      demandHeld(storage)
      const [u, growth, pivots] = [0, 1, 2].map((k) => room.subarray(k * P, (k + 1) * P).fill(0))
      const shared = room.subarray(3 * P, 3 * P + SHARED)
      const records = room.subarray(3 * P + SHARED)
      let [meanOfU, means] = [0, 0]
      from.forEach((c, j) => {
        u[c] = state.u[j]
        growth[c] = state.growth[j]
        pivots[c] = far ? mean[j] : mean[j] * state.growth[j]
        meanOfU += mean[j] * state.u[j]
        means += mean[j] * pivots[c]
      })
      shared.set([state.intercept, state.ones, 0, far ? 0 : meanOfU, far ? 0 : means])
      let moved = 0
      for (let first = 0; first < order.length; first += most) {
        const some = order.subarray(first, first + most)
        for (let r = 0; r < some.length; r++) {
          const i = some[r]
          const at = r * RECORD
          records[at] = i
          records[at + 1] = weights[i]
          records[at + 2] = y[i]
          records[at + 3] = offset ? offset[i] : 0
          records[at + 4] = squares[i]
          records[at + 5] = dual[i]
          for (let k = 0; k < KEPT; k++) records[at + 6 + k] = kept[i * KEPT + k]
          // Where −φ′ is αᵢ: σ = y − αᵢ/s.
          const share = dual[i] / weights[i]
          if (Number.isNaN(kept[i * KEPT])) records[at + 6] = Math.log((y[i] - share) / (1 - y[i] + share))
        }
        moved += module.sweep(
          numbers.byteOffset,
          P,
          far ? pivots.byteOffset : 0,
          centred && !far ? pivots.byteOffset : 0,
          u.byteOffset,
          growth.byteOffset,
          shared.byteOffset,
          records.byteOffset,
          some.length,
        )
        for (let r = 0; r < some.length; r++) {
          const i = some[r]
          const at = r * RECORD
          squares[i] = records[at + 4]
          dual[i] = records[at + 5]
          for (let k = 0; k < KEPT; k++) kept[i * KEPT + k] = records[at + 6 + k]
        }
      }
      from.forEach((c, j) => {
        state.u[j] = far ? u[c] : u[c] - shared[2] * pivots[c]
      })
      state.intercept = shared[0]
      return moved
    },
  }
}
