// Sparse data like those of texts: many columns, few of them in a row, some columns in very many rows.
import { type Shape, writeLabelled } from './labelled-data.ts'
import { seeded } from './seeded.ts'

/**
 * Rows of length 1 with up to `perRow` entries, each in column ⌊u³p⌋, u uniform: the first column is in most rows, the last in hardly
 * any. A fifth of the columns say something about the label. No intercept: liblinear would penalise it.
 */
export function makeSparse(
  folder: string,
  seed: number,
  rows: number,
  columns: number,
  perRow: number,
): void {
  const { uniform, normal } = seeded(seed)
  const w = Float64Array.from({ length: columns }, () => (uniform() < 0.2 ? 8 * normal() : 0))
  const values = new Float64Array(rows * perRow)
  const indices = new Int32Array(rows * perRow)
  const indptr = new Int32Array(rows + 1)
  const y = new Uint8Array(rows)
  let end = 0
  for (let i = 0; i < rows; i++) {
    const drawn = Int32Array.from({ length: perRow }, () => uniform() ** 3 * columns)
    const first = end
    for (const column of new Set(drawn.sort())) {
      indices[end] = column
      values[end++] = 0.5 + uniform()
    }
    const length = Math.hypot(...values.subarray(first, end))
    let eta = 0
    for (let q = first; q < end; q++) {
      values[q]! /= length
      eta += values[q]! * w[indices[q]!]!
    }
    y[i] = +(uniform() < 1 / (1 + Math.exp(-eta)))
    indptr[i + 1] = end
  }
  const shape: Shape = { rows, columns, sparse: true, C: 1, intercept: false }
  writeLabelled(folder, {
    shape,
    y,
    values: values.subarray(0, end),
    indices: indices.subarray(0, end),
    indptr,
  })
}
