// Zeros in a dense matrix, found and left out where that pays.
import { asMatrix, type Design, type MatrixLike, type SparseRows } from '@logodds/linear'
import { dense } from './dense-design.ts'
import { type Source, sourceOf } from './dense-source.ts'
import { inMemory } from './sparse-design.ts'
import { rowsIn, sparseStorage } from './sparse-storage.ts'

// Measured for 10 to 784 columns: an entry takes as long as two and a half numbers of a dense row; and a row, whose length nobody foresees, as
// long as some thirty numbers more.
const MOST_ENTRIES = 0.4
const ROW = 30
// Numbers that the first cache holds.
const SOME = 2048

/**
 * The design in which X is cheaper to go through: that of `csr` where few of its numbers are not zero (of the columns beyond the first 30 at most
 * 40 %), else that of {@link dense}. The models are the same up to rounding; only the first half of `dataHash` is another. One look at the
 * numbers more than `dense`; where zeros are left out, memory is taken for the other numbers alone.
 *
 * @param X n × p: an ndarray of any stride, or rows of numbers; copied once, not changed
 * @throws RangeError as {@link dense}
 */
export function sparseOrDense(X: MatrixLike): Design {
  const source = sourceOf('sparseOrDense', X)
  const size = entries(source, MOST_ENTRIES * source.rows * (source.columns - ROW))
  // Whoever looks at them one by one can say what is wrong.
  if (size === undefined) asMatrix('sparseOrDense', X)
  return size === undefined || size < 0 ? dense(X) : inMemory(compressed(source, size))
}

/** How many there are that are not zero: −1 if more than `most`, undefined if one of them is not finite. */
function entries({ rows, columns, copy }: Source, most: number): number | undefined {
  if (!(most >= 0 && rows)) return -1
  const room = roomFor(columns)
  const { module, some, release } = sparseStorage(0, 1, 0, room)
  let size = 0
  eachBlock(rows, room / columns, (first, count) => {
    copy(first, count, some)
    const more = module.count(some.byteOffset, count * columns)
    size = more < 0 ? Number.NaN : size + more
    return size <= most
  })
  release()
  if (Number.isNaN(size)) return
  return size <= most ? size : -1
}

/** The rows without their zeros. */
function compressed({ rows, columns, copy }: Source, size: number): SparseRows {
  const room = roomFor(columns)
  const storage = sparseStorage(rows, columns, size, room)
  const { module, some, starts } = storage
  starts[0] = 0
  eachBlock(rows, room / columns, (first, count) => {
    copy(first, count, some)
    module.compress(...storage.place(first, count), some.byteOffset, columns)
    return true
  })
  return rowsIn(storage)
}

const roomFor = (columns: number) => Math.max(SOME, columns)

function eachBlock(n: number, most: number, visit: (first: number, count: number) => boolean): void {
  const step = Math.floor(most)
  for (let first = 0; first < n; first += step) if (!visit(first, Math.min(step, n - first))) return
}
