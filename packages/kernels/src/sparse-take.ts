// Arrays of scipy's layout that are right as they are, copied and looked at in one go.
import type { CsrArrays, MatrixLike, SparseRows } from '@logodds/linear'
import { rowsIn, sparseStorage } from './sparse-storage.ts'

// Entries that the caches hold while they are looked at.
const SOME = 8192
// Indices out of range, and what is above any index.
const WRONG = -1

/**
 * The rows; nothing where these are of other types, or wrong, or untidy, or what is no array: somebody slower says
 * what is wrong, or tidies up.
 */
export function takenRows(arrays: CsrArrays | MatrixLike): SparseRows | undefined {
  const { data, indices, indptr, columns } = Object(arrays) as Partial<CsrArrays>
  if (!(data instanceof Float64Array && indices instanceof Int32Array && indptr instanceof Int32Array)) return
  const rows = indptr.length - 1
  const size = indices.length
  const fits = Number.isInteger(columns) && columns! > 0 && columns! < 2 ** 31 && data.length === size
  if (!(fits && rows > 0 && size > 0 && indptr[0] === 0 && indptr[rows] === size)) return
  // Where a row begins, its column need not be above the one before.
  let breaks = 0
  for (let i = 0; i < rows; i++) {
    const q = indptr[i]
    if (q > indptr[i + 1]) return
    if (q < indptr[i + 1]) breaks += +(q === 0 || indices[q] <= indices[q - 1])
  }
  const storage = sparseStorage(rows, columns!, size)
  const { module, values, some } = storage
  const given = new Int32Array(some.buffer, some.byteOffset, SOME)
  const [wide, , numbering] = storage.place(0, rows)
  let falls = 0
  for (let first = 0; first < size; first += SOME) {
    const end = Math.min(size, first + SOME)
    given.set(indices.subarray(first, end))
    values.set(data.subarray(first, end), first)
    const before = first ? indices[first - 1] : WRONG
    const count = module.take(wide, given.byteOffset, end - first, before, columns!, numbering, first)
    if (count === WRONG || !module.finite(values.byteOffset + 8 * first, end - first)) break
    falls += count
    if (end < size) continue
    if (falls !== breaks) break
    storage.starts.set(indptr)
    return rowsIn(storage)
  }
  storage.release()
  return
}
