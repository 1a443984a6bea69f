// Which unpenalised columns are determined by the columns before them: those are dropped, as R does.
import type { Design } from './design.ts'
import { squaredLength } from './gram.ts'

/** R's glm: nothing is left of a column when this share of its length is. */
export const NEGLIGIBLE = 1e-11

// A pivot below this share of its diagonal has lost half its digits: what is left of the column is then measured.
const SUSPICIOUS = 1e-6

// Each time the part along the kept columns is taken away, it shrinks to a rounding error of what it was.
const REFINEMENTS = 3

/**
 * Indices of the columns of `design` that do not depend linearly on earlier ones: Gram and Schmidt's method, whose inner products
 * come from XᵀSX; where little is left of a column, from the data, since squaring has hidden it.
 *
 * @param design centred columns if the model has an intercept
 * @param weights n, sum 1
 * @param length of each column before it was centred, in units of the scaled column
 * @param most the largest rank that there can be
 * @returns the columns, and how many passes it took to find them
 */
export function independentColumns(
  design: Design,
  weights: Float64Array,
  length: Float64Array,
  most: number,
) {
  const p = design.columns
  const squares = squaredLength(design, weights)
  const gram = new Float64Array(p * p)
  squares.oracle({ ask: 'hessian', at: new Float64Array(p), gradient: new Float64Array(p), hessian: gram })
  // Of each kept column what is left, Xd, as its d and XᵀSXd; of unit length.
  const basis: { d: Float64Array; product: Float64Array }[] = []
  const kept: number[] = []
  for (let j = 0; j < p && kept.length < most; j++) {
    const at = new Float64Array(p)
    const gradient = gram.slice(j * p, j * p + p)
    at[j] = 1
    const orthogonalise = () => {
      for (const { d, product } of basis) {
        const share = d.reduce((sum, v, m) => sum + v * gradient[m], 0)
        for (let m = 0; m < p; m++) {
          at[m] -= share * d[m]
          gradient[m] -= share * product[m]
        }
      }
    }
    orthogonalise()
    let square = gradient[j]
    if (!(square > SUSPICIOUS * gram[j * p + j]))
      for (let i = 0; i < REFINEMENTS; i++) {
        square = squares.oracle({ ask: 'gradient', at, gradient })
        orthogonalise()
      }
    const left = Math.sqrt(square)
    if (left > NEGLIGIBLE * length[j]) {
      kept.push(j)
      basis.push({ d: at.map((v) => v / left), product: gradient.map((v) => v / left) })
    }
  }
  return { kept, passes: squares.passes }
}
