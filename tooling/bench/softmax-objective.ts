// The softmax objective of pictures, by sums that carry their rounding errors along, and its minimum, proven by a dual bound.
import { csr } from '@logodds/kernels'
import { kroneckerLbfgs } from '@logodds/linear'
import { fitSoftmax } from '@logodds/multiclass'
import { l2 } from '@logodds/optim'
import { type Digits, readDigits } from './digits-data.ts'
import type { FitProblem } from './fit-task.ts'

// How far apart primal and dual may be, relative to the value.
const CERTAIN = 5e-12
// What the kernels read for an entry of sparse rows: a double, and a column's number in 16 bits.
const BYTES = 10

export function softmaxProblem(folder: string): FitProblem {
  const digits = readDigits(folder)
  const value = (coefficients: Float64Array) => objectiveOf(digits, coefficients)
  return {
    value,
    minimum: value(minimiser(digits)),
    bytes: BYTES * digits.pixels.reduce((count, v) => count + +(v !== 0), 0),
  }
}

/** X, row-major: pixels are parts of 256. */
export const pictures = ({ rows, columns, pixels }: Digits) => ({
  data: Float64Array.from(pixels, (v) => v / 256),
  shape: [rows, columns] as const,
  stride: [columns, 1] as const,
  offset: 0,
})

/** f = 1/n Σ log Σₖ exp(ηₖ) − η_y + ‖W‖² / (2 C n); for each class its coefficients, then its intercept. */
export function objectiveOf({ rows, columns, classes, C, pixels, y }: Digits, w: Float64Array): number {
  const stride = columns + 1
  if (w.length !== classes * stride) throw new Error(`expected ${classes * stride} numbers, got ${w.length}`)
  const eta = new Float64Array(classes)
  // A sum with the rounding error of each step (Neumaier, 1974).
  let [sum, lost] = [0, 0]
  const add = (v: number) => {
    const next = sum + v
    lost += Math.abs(sum) >= Math.abs(v) ? sum - next + v : v - next + sum
    sum = next
  }
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < classes; k++) eta[k] = w[k * stride + columns]!
    for (let j = 0; j < columns; j++) {
      const x = pixels[i * columns + j]! / 256
      if (x !== 0) for (let k = 0; k < classes; k++) eta[k]! += x * w[k * stride + j]!
    }
    const most = eta.reduce((a, b) => Math.max(a, b))
    let others = 0
    let tops = 0
    for (const z of eta) {
      if (z === most) tops++
      else others += Math.exp(z - most)
    }
    add(most - eta[y[i]!]!)
    add(Math.log1p(others + tops - 1))
  }
  let squares = 0
  for (let q = 0; q < w.length; q++) if (q % stride < columns) squares += w[q]! ** 2
  add(squares / (2 * C))
  return (sum + lost) / rows
}

/** Where f is smallest, as a fit finds it whose duality gap says that it did. */
function minimiser(digits: Digits): Float64Array {
  const { rows, C, y } = digits
  const { coefficients, intercepts, fit } = fitSoftmax(csr(pictures(digits)), y, {
    penalty: l2(1 / (C * rows)),
    standardize: false,
    tolerance: 1e-9,
    maxIterations: 10_000,
    solver: kroneckerLbfgs,
  })
  const w = flattened(coefficients, intercepts)
  const value = objectiveOf(digits, w)
  if (!(fit.dualityGap !== null && fit.dualityGap <= CERTAIN * value))
    throw new Error(`the minimum is not certain: ${fit.status}, gap ${fit.dualityGap} at ${value}`)
  return w
}

export const flattened = (coefficients: readonly number[][], intercepts: readonly number[]): Float64Array =>
  Float64Array.from(coefficients.flatMap((row, k) => [...row, intercepts[k]!]))
