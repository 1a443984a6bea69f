// Which unpenalised columns are determined by the columns before them: those are dropped, as R does.
import type { Design } from './design.ts'
import { gramOracle } from './gram.ts'

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
  const inner = gramOracle(design, weights)
  const origin = new Float64Array(p)
  const gram = new Float64Array(p * p)
  inner.oracle({ ask: 'hessian', at: origin, gradient: origin.slice(), hessian: gram })
  // What is left of each kept column, as the d (`along`) in Xd and as XᵀSXd (`product`); of unit length.
  const basis: { along: Float64Array; product: Float64Array }[] = []
  const kept: number[] = []
  for (let j = 0; j < p && kept.length < most; j++) {
    const along = origin.slice()
    const product = gram.slice(j * p, j * p + p)
    along[j] = 1
    const orthogonalise = () => {
      for (const one of basis) {
        const share = one.along.reduce((sum, v, m) => sum + v * product[m], 0)
        for (let m = 0; m < p; m++) {
          along[m] -= share * one.along[m]
          product[m] -= share * one.product[m]
        }
      }
    }
    orthogonalise()
    if (!(product[j] > SUSPICIOUS * gram[j * p + j]))
      for (let i = 0; i < REFINEMENTS; i++) {
        inner.oracle({ ask: 'curvature', at: origin, along, product })
        orthogonalise()
      }
    const left = Math.sqrt(product[j])
    if (left > NEGLIGIBLE * length[j]) {
      kept.push(j)
      basis.push({ along: along.map((v) => v / left), product: product.map((v) => v / left) })
    }
  }
  return { kept, passes: inner.passes }
}
