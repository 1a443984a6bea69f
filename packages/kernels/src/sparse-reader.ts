// Blocks of sparse rows in linear memory and their products with one column of η at a time, for any loss.
import type { BlockReader, Design, SparseColumns } from '@logodds/linear'
import { addGradient, addGram, writeCoefficients } from './sparse-columns.ts'
import { demandHeldRows, type SparseStorage } from './sparse-storage.ts'

/** @param plain the plain design of the same columns, which takes care of rows in any order, and of large Gram matrices */
export function sparseReader(storage: SparseStorage, columns: SparseColumns, plain: Design): BlockReader {
  const { module, columns: p, v, some, chunks, grams } = storage
  const size = columns.from.length + +columns.intercept
  const other = plain.reader()
  const [{ g }] = chunks
  let first = 0
  let rows = 0
  // Whether the current block is a range of rows.
  let ranged = true
  return {
    read(from, count) {
      first = from
      rows = count
      ranged = true
      other.read(from, count)
    },
    gather(list) {
      ranged = false
      other.gather?.(list)
    },
    multiply(w, K, out) {
      if (!ranged) return other.multiply(w, K, out)
      demandHeldRows(storage)
      for (let k = 0; k < K; k++) {
        const bias = writeCoefficients(columns, w, K, k, v)
        module.multiply(...storage.place(first, rows), v.byteOffset, bias, 0, some.byteOffset)
        for (let i = 0; i < rows; i++) out[i * K + k] = some[i]
      }
    },
    multiplyTransposed(r, K, out) {
      if (!ranged) return other.multiplyTransposed(r, K, out)
      demandHeldRows(storage)
      for (let k = 0; k < K; k++) {
        let sum = 0
        for (let i = 0; i < rows; i++) sum += some[i] = r[i * K + k]
        g.fill(0, 0, p)
        module.multiplyTransposed(...storage.place(first, rows), some.byteOffset, g.byteOffset)
        addGradient(columns, g, sum, out, K, k)
      }
    },
    gram(s, K, out) {
      if (!ranged || !grams.length) return other.gram(s, K, out)
      demandHeldRows(storage)
      const [{ h, t, pairs }] = grams
      for (let k = 0; k < K; k++)
        for (let m = 0; m <= k; m++) {
          for (let i = 0; i < rows; i++) some[i] = s[(i * K + k) * K + m]
          module.gram(
            ...storage.place(first, rows),
            some.byteOffset,
            p,
            h.byteOffset,
            t.byteOffset,
            pairs.byteOffset,
          )
          addGram(columns, h, t, p, (j, l, value) => {
            out[(j * K + k) * size * K + l * K + m] += value
          })
        }
    },
  }
}
