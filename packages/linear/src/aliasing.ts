// Which unpenalised columns are determined by the columns before them: those are dropped, as R does.
import { type Design, eachBlock } from './design.ts'
import { weightedGram } from './gram.ts'

/** R's glm: nothing is left of a column when this share of its length is. */
export const NEGLIGIBLE = 1e-11

// A Cholesky pivot below this share of its diagonal has lost half its digits: what is left of the column is then measured.
const SUSPICIOUS = 1e-6

// Each refinement of the projection is a pass, and multiplies its error by the rounding error of the factor.
const REFINEMENTS = 3

/**
 * Indices of the columns of `design` that depend linearly on earlier ones: Cholesky's method on XᵀSX, column by column; where a pivot
 * is small, the column's distance from the span of the earlier ones is measured in the data, since squaring has hidden it.
 *
 * @param design centred columns if the model has an intercept
 * @param weights n, sum 1
 * @param length of each column before it was centred, in units of the scaled column
 * @param most the largest rank that there can be
 * @returns the columns, and how many passes it took to find them
 */
export function aliasedColumns(design: Design, weights: Float64Array, length: Float64Array, most: number) {
  const p = design.columns
  const l = weightedGram(design, weights)
  const kept: number[] = []
  const aliased = new Set<number>()
  let passes = 1

  // L y = b over the kept columns, in place; b is indexed by column.
  const forward = (b: Float64Array) => {
    kept.forEach((k, rank) => {
      for (let m = 0; m < rank; m++) b[k] -= l[k * p + kept[m]] * b[kept[m]]
      b[k] /= l[k * p + k]
    })
  }
  const backward = (b: Float64Array) => {
    for (let rank = kept.length - 1; rank >= 0; rank--) {
      const k = kept[rank]
      b[k] /= l[k * p + k]
      for (let m = 0; m < rank; m++) b[kept[m]] -= l[k * p + kept[m]] * b[k]
    }
  }
  const distance = (j: number, projection: Float64Array): number => {
    const along = new Float64Array(p)
    along[j] = 1
    const reader = design.reader()
    const part = new Float64Array(design.blockRows)
    let square = 0
    for (let i = 0; i < REFINEMENTS; i++) {
      backward(projection)
      for (const k of kept) along[k] -= projection[k]
      square = 0
      projection.fill(0)
      eachBlock(design, reader, (first, rows) => {
        reader.multiply(along, 1, part)
        for (let r = 0; r < rows; r++) {
          square += weights[first + r] * part[r] ** 2
          part[r] *= weights[first + r]
        }
        reader.multiplyTransposed(part, 1, projection)
      })
      passes++
      forward(projection)
    }
    return square
  }

  for (let j = 0; j < p; j++) {
    const row = l.slice(j * p, j * p + p)
    forward(row)
    let square = l[j * p + j]
    for (const k of kept) square -= row[k] ** 2
    if (kept.length >= most) square = 0
    else if (!(square > SUSPICIOUS * l[j * p + j])) square = distance(j, row.slice())
    if (Math.sqrt(square) > NEGLIGIBLE * length[j]) {
      l.set(row, j * p)
      l[j * p + j] = Math.sqrt(square)
      kept.push(j)
    } else aliased.add(j)
  }
  return { aliased, passes }
}
