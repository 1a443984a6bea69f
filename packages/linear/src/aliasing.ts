// Which unpenalised columns are determined by the columns before them: those are dropped, as R does.
import { type Design, eachBlock } from './design.ts'
import { weightedGram } from './gram.ts'

// A pivot of the correlation matrix below this is looked at again with the orthogonal method: the Gram matrix squares the condition.
const SUSPICIOUS = 1e-6

/** R's glm.fit: a column is aliased if what is left of it, relative to its length before any projection, is below this. */
const ALIASED = 1e-11

/**
 * Indices of the columns of `design` that depend linearly on earlier ones, each judged relative to `length`.
 * One pass for a well-conditioned design, two otherwise.
 *
 * @param design centred columns if the model has an intercept
 * @param weights n, sum 1
 * @param length of each column before centring and scaling, in units of the scaled column
 */
export function aliasedColumns(
  design: Design,
  weights: Float64Array,
  length: Float64Array,
): { columns: Set<number>; passes: number } {
  const { rows, columns } = design
  if (columns >= rows)
    return { columns: dependentColumns(weightedRows(design, weights), rows, length), passes: 1 }
  if (smallestPivot(weightedGram(design, weights), columns) > SUSPICIOUS)
    return { columns: new Set(), passes: 1 }
  return { columns: dependentColumns(triangularFactor(design, weights), columns, length), passes: 2 }
}

// Cholesky of the Gram matrix, each pivot relative to its diagonal entry; stops at the first that is suspicious.
function smallestPivot(g: Float64Array, p: number): number {
  let smallest = 1
  for (let j = 0; j < p; j++) {
    const diagonal = g[j * p + j]
    for (let l = 0; l <= j; l++) {
      let sum = g[j * p + l]
      for (let k = 0; k < l; k++) sum -= g[j * p + k] * g[l * p + k]
      if (l < j) g[j * p + l] = sum / g[l * p + l]
      else {
        const ratio = sum / diagonal
        if (!(ratio > SUSPICIOUS)) return 0
        smallest = Math.min(smallest, ratio)
        g[j * p + j] = Math.sqrt(sum)
      }
    }
  }
  return smallest
}

// The rows of √S X, one at a time.
function eachWeightedRow(
  design: Design,
  weights: Float64Array,
  visit: (row: Float64Array, i: number) => void,
): void {
  const reader = design.reader()
  const unit = new Float64Array(design.blockRows)
  const row = new Float64Array(design.columns)
  eachBlock(design, reader, (first, rows) => {
    for (let i = 0; i < rows; i++) {
      // The i-th row of a block is X_Bᵀ eᵢ.
      unit.fill(0)
      unit[i] = Math.sqrt(weights[first + i])
      row.fill(0)
      reader.multiplyTransposed(unit, 1, row)
      visit(row, first + i)
    }
  })
}

function weightedRows(design: Design, weights: Float64Array): Float64Array {
  const p = design.columns
  const all = new Float64Array(design.rows * p)
  eachWeightedRow(design, weights, (row, i) => all.set(row, i * p))
  return all
}

// R of the QR decomposition of √S X by Givens rotations (Golub & Van Loan, 4th ed., §5.2.5): nothing is squared.
function triangularFactor(design: Design, weights: Float64Array): Float64Array {
  const p = design.columns
  const r = new Float64Array(p * p)
  eachWeightedRow(design, weights, (row) => {
    for (let j = 0; j < p; j++) {
      if (row[j] === 0) continue
      const hyp = Math.hypot(r[j * p + j], row[j])
      const c = r[j * p + j] / hyp
      const s = row[j] / hyp
      for (let l = j; l < p; l++) {
        const a = r[j * p + l]
        const b = row[l]
        r[j * p + l] = c * a + s * b
        row[l] = c * b - s * a
      }
    }
  })
  return r
}

// Gram–Schmidt on the columns of a (rows × p), orthogonalised twice ("twice is enough": Parlett, The Symmetric Eigenvalue
// Problem, §6.9), dropping what vanishes.
function dependentColumns(a: Float64Array, rows: number, length: Float64Array): Set<number> {
  const p = length.length
  const dropped = new Set<number>()
  const basis: Float64Array[] = []
  for (let j = 0; j < p; j++) {
    const v = Float64Array.from({ length: rows }, (_, i) => a[i * p + j])
    for (let twice = 0; twice < 2; twice++)
      for (const q of basis) {
        const along = q.reduce((sum, qi, i) => sum + qi * v[i], 0)
        for (let i = 0; i < rows; i++) v[i] -= along * q[i]
      }
    const left = Math.sqrt(v.reduce((sum, vi) => sum + vi * vi, 0))
    if (!(left > ALIASED * length[j])) dropped.add(j)
    else basis.push(v.map((vi) => vi / left))
  }
  return dropped
}
