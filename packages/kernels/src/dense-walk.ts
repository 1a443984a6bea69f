// From row to row of a stored matrix: linear's walk, and for logistic problems many rows in one call of the module.
import { binaryCrossEntropyBlocks } from '@logodds/core'
import { type Problem, denseWalk as plainWalk, type RowWalk } from '@logodds/linear'
import { type DenseColumns, isFar } from './dense-columns.ts'
import { type DenseStorage, demandHeld } from './dense-storage.ts'
import { dualModule } from './dual-module.ts'

// Numbers of a record, and where some are: see assembly/dual.ts.
const RECORD = 14
const SQUARE = 4
const ALPHA = 5
const LOGIT = 6
const OTHERS = 8
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
  const most = Math.min(SOME, Math.floor((room.length - 3 * P - SHARED) / RECORD) & ~3)
  if (
    storage.single ||
    problem?.blocks !== binaryCrossEntropyBlocks ||
    problem.width !== 1 ||
    !once ||
    most < 4
  )
    return walk

  const module = dualModule(memory)
  const far = isFar(columns)
  const tilted = !far && mean.some((m) => m !== 0)
  const records = recordsOf(problem)
  // By columns of the matrix, 0 for those that are not among ours.
  const growth = new Float64Array(P)
  const pivots = new Float64Array(P)
  let means = 0
  for (let j = 0; j < from.length; j++) {
    growth[from[j]] = state.growth[j]
    pivots[from[j]] = far ? mean[j] : mean[j] * state.growth[j]
    means += mean[j] * pivots[from[j]]
  }
  const places = [0, 1, 2].map((k) => room.subarray(k * P, (k + 1) * P))
  const shared = room.subarray(3 * P, 3 * P + SHARED)
  const present = room.subarray(3 * P + SHARED)
  return {
    ...walk,
    square: (i) => (records[i * RECORD + SQUARE] < 0 ? walk.square(i) : records[i * RECORD + SQUARE]),
    sweep(order, dual) {
      demandHeld(storage)
      const [u] = places
      if (from.length < P) u.fill(0)
      spread(state.u, from, u)
      places[1].set(growth)
      places[2].set(pivots)
      shared.set([state.intercept, state.ones, 0, tilted ? product(mean, state.u) : 0, tilted ? means : 0])
      let moved = 0
      for (let first = 0; first < order.length; first += most) {
        const some = order.subarray(first, first + most)
        gather(records, some, dual, present)
        moved += module.sweep(
          numbers.byteOffset,
          P,
          far ? places[2].byteOffset : 0,
          tilted ? places[2].byteOffset : 0,
          u.byteOffset,
          places[1].byteOffset,
          shared.byteOffset,
          present.byteOffset,
          some.length,
        )
        scatter(present, some, dual, records)
      }
      collect(u, from, tilted ? shared[2] : 0, pivots, state.u)
      state.intercept = shared[0]
      return moved
    },
  }
}

// Functions of their own, which are fast after a few calls, in the first sweep.

/** A record for each row, which has not met any other. */
function recordsOf({ y, weights, offset }: Problem): Float64Array {
  const records = new Float64Array(weights.length * RECORD)
  for (let i = 0; i < weights.length; i++) {
    const at = i * RECORD
    records[at] = i
    records[at + 1] = weights[i]
    records[at + 2] = y[i]
    if (offset) records[at + 3] = offset[i]
    records[at + SQUARE] = -1
    records[at + LOGIT] = Number.NaN
    for (let k = OTHERS; k < RECORD; k++) records[at + k] = -1
  }
  return records
}

function gather(records: Float64Array, rows: Int32Array, dual: Float64Array, out: Float64Array): void {
  for (let r = 0; r < rows.length; r++) {
    const i = rows[r]
    const to = r * RECORD
    copyRecord(records, i * RECORD, out, to)
    out[to + ALPHA] = dual[i]
    // Where −φ′ is αᵢ: σ = y − αᵢ/s.
    const share = dual[i] / out[to + 1]
    const y = out[to + 2]
    if (Number.isNaN(out[to + LOGIT])) out[to + LOGIT] = Math.log((y - share) / (1 - y + share))
  }
}

function scatter(from: Float64Array, rows: Int32Array, dual: Float64Array, records: Float64Array): void {
  for (let r = 0; r < rows.length; r++) {
    copyRecord(from, r * RECORD, records, rows[r] * RECORD)
    dual[rows[r]] = from[r * RECORD + ALPHA]
  }
}

function copyRecord(from: Float64Array, at: number, out: Float64Array, to: number): void {
  for (let k = 0; k < RECORD; k++) out[to + k] = from[at + k]
}

function spread(v: Float64Array, to: Int32Array, out: Float64Array): void {
  for (let j = 0; j < v.length; j++) out[to[j]] = v[j]
}

/** out ← v − all · tilt, of some columns. */
function collect(
  v: Float64Array,
  from: Int32Array,
  all: number,
  tilt: Float64Array,
  out: Float64Array,
): void {
  for (let j = 0; j < from.length; j++) out[j] = v[from[j]] - all * tilt[from[j]]
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j]
  return sum
}
