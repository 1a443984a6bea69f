// Blocks of rows of a stored matrix, and their products, for any loss.
import type { BlockReader } from '@logodds/linear'
import { addGradient, type DenseColumns, prepare, writeCoefficients } from './dense-columns.ts'
import { bring } from './dense-pieces.ts'
import { type DenseStorage, demandHeld, widthOf } from './dense-storage.ts'

export function denseReader(storage: DenseStorage, columns: DenseColumns): BlockReader {
  const { module, columns: p, v, blockEta } = storage
  const [{ g, residual }] = storage.sums
  const { from, intercept } = columns
  const size = from.length + +intercept
  const width = widthOf(from.length)
  let first = 0
  let rows = 0
  return {
    read(from, count) {
      demandHeld(storage)
      first = from
      rows = count
    },
    multiply(w, K, out) {
      const pivots = prepare(storage, columns)
      const block = bring(storage, first, rows)
      for (let k = 0; k < K; k++) {
        const bias = writeCoefficients(storage, columns, w, K, k)
        module.multiply(block, rows, p, v.byteOffset, bias, pivots, 0, blockEta.byteOffset)
        for (let i = 0; i < rows; i++) out[i * K + k] = blockEta[i]
      }
    },
    multiplyTransposed(r, K, out) {
      const pivots = prepare(storage, columns)
      const block = bring(storage, first, rows)
      for (let k = 0; k < K; k++) {
        let sum = 0
        for (let i = 0; i < rows; i++) sum += residual[i] = r[i * K + k]
        g.fill(0)
        module.multiplyTransposed(block, rows, p, residual.byteOffset, pivots, g.byteOffset)
        addGradient(storage, columns, g, sum, out, K, k)
      }
    },
    gram(s, K, out) {
      const { keep, mean, inverse } = storage
      prepare(storage, columns)
      const block = bring(storage, first, rows)
      if (!storage.grams[0]) {
        const x = new Float64Array(storage.memory.buffer, block, rows * p)
        plainGram(x, rows, p, columns, s, K, out)
        return
      }
      const { packed, weighted, h } = storage.grams[0]
      for (let k = 0; k < K; k++)
        for (let q = 0; q <= k; q++) {
          for (let i = 0; i < rows; i++) residual[i] = s[(i * K + k) * K + q]
          h.fill(0, 0, width * width)
          module.gram(
            block,
            rows,
            p,
            keep.byteOffset,
            from.length,
            mean.byteOffset,
            inverse.byteOffset,
            +intercept,
            residual.byteOffset,
            width,
            packed.byteOffset,
            weighted.byteOffset,
            h.byteOffset,
          )
          for (let j = 0; j < size; j++)
            for (let l = 0; l <= j; l++) out[(j * K + k) * size * K + l * K + q] += h[j * width + l]
        }
    },
  }
}

/** For so many columns that there is no room for another Gram matrix. */
function plainGram(
  x: Float64Array,
  rows: number,
  p: number,
  { from, mean, inverse, intercept }: DenseColumns,
  s: Float64Array,
  K: number,
  out: Float64Array,
): void {
  const size = from.length + +intercept
  const row = new Float64Array(size).fill(1)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < from.length; j++) row[j] = (x[i * p + from[j]] - mean[j]) * inverse[j]
    for (let k = 0; k < K; k++)
      for (let q = 0; q <= k; q++) {
        const weight = s[(i * K + k) * K + q]
        for (let j = 0; j < size; j++) {
          const part = weight * row[j]
          const to = (j * K + k) * size * K + q
          for (let l = 0; l <= j; l++) out[to + l * K] += part * row[l]
        }
      }
  }
}
