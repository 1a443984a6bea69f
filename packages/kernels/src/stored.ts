// X where the kernels can reach it: copied once, or, where that takes too much, in pieces whenever they are needed.
import { asMatrix, type MatrixLike } from '@logodds/linear'
import { type Source, sourceOf } from './dense-source.ts'
import { type DenseStorage, demandHeld, denseStorage, ownOf } from './dense-storage.ts'
import { type Dtype, demandDtype } from './dtype.ts'
import { areFinite, leaveUnseen, someFinite } from './finite.ts'

export interface DenseOptions {
  /** Default: 'float32' if X is a Float32Array (nothing is lost), else 'float64'. 'float32' rounds, and takes half the memory. */
  readonly dtype?: Dtype | undefined
  /**
   * X is not copied, but read in pieces each time, by one thread, and must not be changed meanwhile; the same answers, in more time. Default:
   * where the copy would take more than 2 GiB.
   */
  readonly stream?: boolean | undefined
}

// Of 4 GiB that a memory can have, and that other arrays need too.
const MOST_BYTES = 2147483648
// Numbers that are copied at a time: 256 KiB, which the second cache holds.
const LOT = 32768

/**
 * The matrix of X. Of one that its owner fills in, the numbers are looked at when they are used: see `seen`.
 *
 * @throws RangeError that says where, if X is no matrix, its rows differ in length, an entry is not a finite number or not within single
 *   precision that is asked for; or if there is not as much memory
 */
export function stored(caller: string, X: MatrixLike, { dtype, stream }: DenseOptions = {}): DenseStorage {
  demandDtype(caller, dtype)
  const own = ownOf(X)
  if (own) demandHeld(own)
  if (own && !stream && (dtype ?? own.dtype) === own.dtype) {
    // Its owner may have written to it, and may still.
    leaveUnseen(own)
    return own
  }
  const source = sourceOf(caller, X)
  const { rows, columns } = source
  const kind = dtype ?? (source.single ? 'float32' : 'float64')
  const bytes = (kind === 'float32' ? 4 : 8) * rows * columns
  const made = denseStorage(
    caller,
    rows,
    columns,
    kind,
    (stream ?? bytes > MOST_BYTES) ? source : undefined,
    true,
  )
  if (made.source ? areFinite(made) : copyFinite(source, made)) return made
  made.release()
  asMatrix(caller, X)
  throw tooLarge(caller, source)
}

/** Copies all rows, each lot of which is looked at while the cache has it. Whether all are finite. */
function copyFinite({ rows, columns: p, copy }: Source, made: DenseStorage): boolean {
  const step = Math.max(1, Math.floor(LOT / p))
  let all = true
  for (let first = 0; all && first < rows; first += step) {
    const count = Math.min(step, rows - first)
    copy(first, count, made.numbers.subarray(first * p, (first + count) * p))
    all = someFinite(made, first * p, count * p)
  }
  return all
}

/** Finite as doubles, not so in single precision. */
function tooLarge(caller: string, { rows, columns: p, copy }: Source): RangeError {
  const row = new Float64Array(p)
  for (let i = 0; i < rows; i++) {
    copy(i, 1, row)
    const j = row.findIndex((v) => !Number.isFinite(Math.fround(v)))
    if (j >= 0)
      return new RangeError(
        `${caller}: expected numbers in X that float32 can hold, got ${row[j]} in row ${i}, column ${j} (x${j})`,
      )
  }
  return new RangeError(`${caller}: expected X that does not change meanwhile, got other numbers`)
}
