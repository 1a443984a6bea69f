// Whether a matrix holds finite numbers only. A matrix that its owner fills in is looked at when it is first used, not before: the moments, where
// a fit begins, tell without a look of their own.
import { asMatrix } from '@logodds/linear'
import { chunksOf } from './chunks.ts'
import { runChunks } from './crew.ts'
import { eachPiece } from './dense-pieces.ts'
import { type DenseStorage, demandHeld } from './dense-storage.ts'
import { momentsModule } from './moments-module.ts'

/** Matrices that nobody has looked at since there was a design over them. */
const unseen = new WeakSet<DenseStorage>()

/** Numbers that may be anything until they are used. */
export const leaveUnseen = (storage: DenseStorage) => unseen.add(storage)

/** The matrix, whose numbers may be used. @throws RangeError that says where, if one is not finite */
export function seen(storage: DenseStorage): DenseStorage {
  demandHeld(storage)
  // Its owner may have written to it since some of them were brought.
  if (!storage.source) storage.inWindow = { first: 0, rows: 0 }
  if (unseen.has(storage)) demandFinite(storage, () => areFinite(storage))
  return storage
}

/** The same, by a look that somebody else has had; it may err where numbers are large. */
export function demandFinite(storage: DenseStorage, looksFinite: () => boolean): void {
  const { rows, columns, numbers, source } = storage
  // Whoever looks at them one by one can say what is wrong.
  if (!looksFinite() && !source)
    asMatrix('dense', { data: numbers, shape: [rows, columns], stride: [columns, 1], offset: 0 })
  unseen.delete(storage)
}

/** One look at all. */
export function areFinite(storage: DenseStorage): boolean {
  const { numbers, rows, single, source, columns: p, sums } = storage
  const module = momentsModule(storage.memory)
  if (!source)
    return runChunks(
      module,
      single ? 'finiteSingle' : 'finite',
      chunksOf(numbers.length, 1, sums.length).map(({ first, rows: count }) => [
        numbers.byteOffset + numbers.BYTES_PER_ELEMENT * first,
        count,
      ]),
    ).every(Boolean)
  let all = true
  eachPiece(storage, { first: 0, rows }, 1, (place, _, count) => {
    all &&= !!module.finite(place, count * p)
  })
  return all
}

/** Of these numbers of the matrix, which lie in memory. */
export function someFinite({ memory, numbers, single }: DenseStorage, first: number, count: number): boolean {
  const place = numbers.byteOffset + numbers.BYTES_PER_ELEMENT * first
  return !!momentsModule(memory)[single ? 'finiteSingle' : 'finite'](place, count)
}
