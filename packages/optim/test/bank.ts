// The problems that every solver is tested on: functions with exact derivatives whose minimisers are known.
import { readFileSync } from 'node:fs'
import { cholesky, choleskySolve } from '../src/cholesky.ts'
import type { Oracle, Penalty, SampleQuery, SmoothQuery } from '../src/index.ts'
import { l1 } from '../src/l1.ts'

export interface Problem {
  readonly name: string
  readonly oracle: Oracle<SmoothQuery>
  readonly start: Float64Array
  readonly solution: Float64Array
  /** What ∇f must come down to for the coefficients to be right to 1e-8, relative to the largest (or to 1). */
  readonly tolerance: number
  /** Of the Hessian at the solution: methods without curvature are tested up to 1000. */
  readonly condition: number
  /** L ≥ ‖∇²f‖ everywhere, where known. */
  readonly smoothness: number
  readonly quadratic: boolean
}

export interface CompositeProblem extends Omit<Problem, 'tolerance'> {
  readonly penalty: Penalty
  /** f + P at the solution. */
  readonly value: number
}

/** Uniform numbers in [−1, 1), the same in every run. */
export function uniform(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2147483648 - 1
  }
}

const zeros = (n: number) => new Float64Array(n)
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let sum = 0
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!
  return sum
}

/** An oracle from the pieces that a textbook gives. */
function answering(
  value: (x: Float64Array) => number,
  gradient: (x: Float64Array, out: Float64Array) => void,
  hessian: (x: Float64Array, out: Float64Array) => void,
): Oracle<SmoothQuery> {
  return (query) => {
    if (query.ask === 'curvature') {
      const n = query.at.length
      const h = zeros(n * n)
      hessian(query.at, h)
      for (let j = 0; j < n; j++) query.product[j] = dot(h.subarray(j * n, j * n + n), query.along)
      return NaN
    }
    if (query.ask !== 'value') gradient(query.at, query.gradient)
    if (query.ask === 'hessian') hessian(query.at, query.hessian)
    return value(query.at)
  }
}

/** n × n with these eigenvalues, turned by a reflection if asked: A = (I − 2vvᵀ) diag(d) (I − 2vvᵀ). */
export function spectrum(eigenvalues: readonly number[], turned: boolean): Float64Array {
  const n = eigenvalues.length
  const random = uniform(n)
  const v = Float64Array.from({ length: n }, () => (turned ? random() : 0))
  const norm = dot(v, v) || 1
  const a = zeros(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      for (let k = 0; k < n; k++) {
        const reflect = (r: number) => (r === k ? 1 : 0) - (2 * v[r]! * v[k]!) / norm
        a[i * n + j]! += reflect(i) * eigenvalues[k]! * reflect(j)
      }
  return a
}

/** ½ (x − x*)ᵀ A (x − x*). */
export function quadratic(name: string, eigenvalues: readonly number[], turned: boolean): Problem {
  const n = eigenvalues.length
  const a = spectrum(eigenvalues, turned)
  const random = uniform(7)
  const solution = Float64Array.from({ length: n }, () => 2 * random())
  const times = (x: Float64Array, out: Float64Array) => {
    const e = x.map((v, j) => v - solution[j]!)
    for (let j = 0; j < n; j++) out[j] = dot(a.subarray(j * n, j * n + n), e)
    return 0.5 * dot(e, out)
  }
  const smallest = Math.min(...eigenvalues)
  const largest = Math.max(...eigenvalues)
  return {
    name,
    oracle: answering(
      (x) => times(x, zeros(n)),
      (x, out) => times(x, out),
      (_, out) => out.set(a),
    ),
    start: zeros(n),
    solution,
    tolerance: 1e-8 * smallest,
    condition: largest / smallest,
    smoothness: largest * (1 + 1e-12),
    quadratic: true,
  }
}

const geometric = (n: number, from: number, to: number) =>
  Array.from({ length: n }, (_, j) => from * (to / from) ** (j / (n - 1)))

/** 100 (x₂ − x₁²)² + (1 − x₁)², from (−1.2, 1). */
export const rosenbrock: Problem = {
  name: 'Rosenbrock',
  oracle: answering(
    ([a, b]) => 100 * (b! - a! * a!) ** 2 + (1 - a!) ** 2,
    ([a, b], out) => out.set([-400 * a! * (b! - a! * a!) - 2 * (1 - a!), 200 * (b! - a! * a!)]),
    ([a, b], out) => out.set([1200 * a! * a! - 400 * b! + 2, -400 * a!, -400 * a!, 200]),
  ),
  start: Float64Array.of(-1.2, 1),
  solution: Float64Array.of(1, 1),
  tolerance: 1e-9,
  condition: 2508,
  smoothness: Infinity,
  quadratic: false,
}

/** (1/n) Σ [log(1 + exp(xᵢᵀw)) − yᵢ xᵢᵀw] + ridge/2 ‖w‖². */
export function logistic(X: number[][], y: number[], ridge: number): Oracle<SmoothQuery> {
  const n = X.length
  const p = X[0]!.length
  const mean = (w: Float64Array) => X.map((row) => 1 / (1 + Math.exp(-dot(row, w))))
  return answering(
    (w) => {
      let sum = 0
      X.forEach((row, i) => {
        const eta = dot(row, w)
        sum += Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta))) - y[i]! * eta
      })
      return sum / n + 0.5 * ridge * dot(w, w)
    },
    (w, out) => {
      const pi = mean(w)
      for (let j = 0; j < p; j++) {
        let sum = 0
        X.forEach((row, i) => {
          sum += (pi[i]! - y[i]!) * row[j]!
        })
        out[j] = sum / n + ridge * w[j]!
      }
    },
    (w, out) => {
      const pi = mean(w)
      for (let j = 0; j < p; j++)
        for (let k = 0; k < p; k++) {
          let sum = 0
          X.forEach((row, i) => {
            sum += pi[i]! * (1 - pi[i]!) * row[j]! * row[k]!
          })
          out[j * p + k] = sum / n + (j === k ? ridge : 0)
        }
    },
  )
}

interface Fixture {
  name: string
  X: number[][]
  y: number[]
  ridge: number
  lasso: number
  solution: number[]
  value: number
}
export const fixtures: Fixture[] = JSON.parse(
  readFileSync(new URL('fixtures/logistic.json', import.meta.url), 'utf8'),
)

const conditions: Record<string, { tolerance: number; condition: number }> = {
  plain: { tolerance: 1e-10, condition: 7 },
  collinear: { tolerance: 1e-13, condition: 5e8 },
  'badly scaled': { tolerance: 1e-11, condition: 2e8 },
  'separable, ridge 1e-3': { tolerance: 1e-11, condition: 10 },
}

function fromFixture({ name, X, y, ridge, solution }: Fixture) {
  return {
    name: `logistic regression: ${name}`,
    oracle: logistic(X, y, ridge),
    start: zeros(solution.length),
    solution: Float64Array.from(solution),
    // The trace of XᵀX/n bounds its largest eigenvalue.
    smoothness: X.reduce((sum, row) => sum + dot(row, row), 0) / X.length / 4 + ridge,
    quadratic: false,
  }
}

export const smoothProblems: readonly Problem[] = [
  quadratic('sphere', geometric(4, 1, 1), false),
  quadratic('quadratic, condition 100', geometric(20, 0.01, 1), true),
  quadratic('quadratic, condition 1e6', geometric(20, 1e-4, 100), true),
  quadratic('quadratic, condition 1e8', geometric(12, 1, 1e8), false),
  rosenbrock,
  ...fixtures.filter(({ lasso }) => !lasso).map((f) => ({ ...fromFixture(f), ...conditions[f.name]! })),
]

/** ½ wᵀAw − bᵀw with b = Aw* + λz, z ∈ ∂‖w*‖₁: least squares whose lasso solution is w*. */
function lassoQuadratic(eigenvalues: readonly number[], lambda: number): CompositeProblem {
  const n = eigenvalues.length
  const a = spectrum(eigenvalues, true)
  const random = uniform(3)
  const solution = Float64Array.from({ length: n }, (_, j) => (j % 3 ? 0 : 2 * random()))
  const row = (j: number) => a.subarray(j * n, j * n + n)
  const b = solution.map((w, j) => dot(row(j), solution) + lambda * (w === 0 ? 0.9 * random() : Math.sign(w)))
  const value = (w: Float64Array) => {
    let sum = 0
    for (let j = 0; j < n; j++) sum += w[j]! * (0.5 * dot(row(j), w) - b[j]!)
    return sum
  }
  const penalty = l1(lambda)
  return {
    name: `ℓ1 least squares, condition ${Math.max(...eigenvalues) / Math.min(...eigenvalues)}`,
    oracle: answering(
      value,
      (w, out) => {
        for (let j = 0; j < n; j++) out[j] = dot(row(j), w) - b[j]!
      },
      (_, out) => out.set(a),
    ),
    start: zeros(n),
    solution,
    condition: Math.max(...eigenvalues) / Math.min(...eigenvalues),
    smoothness: Math.max(...eigenvalues) * (1 + 1e-12),
    quadratic: true,
    penalty,
    value: value(solution) + penalty.value(solution),
  }
}

export const compositeProblems: readonly CompositeProblem[] = [
  lassoQuadratic(geometric(20, 1, 1), 0.1),
  lassoQuadratic(geometric(20, 0.01, 1), 0.01),
  lassoQuadratic(geometric(20, 0.001, 1), 0.001),
  ...fixtures
    .filter(({ lasso }) => lasso)
    .map((f) => ({ ...fromFixture(f), condition: 5, penalty: l1(f.lasso), value: f.value })),
]

/** A mean over rows, which also answers for samples of them. */
export interface SumProblem extends Pick<Problem, 'name' | 'start' | 'solution'> {
  readonly oracle: Oracle<SmoothQuery | SampleQuery> & { readonly rows: number }
  /** f at the solution. */
  readonly value: number
  /** L ≥ ‖∇²f_i‖ of every row i alone. */
  readonly worst: number
}

/** The mean over some rows is an oracle of the same kind: that of all rows answers for samples by it. */
function sampling(
  rows: number,
  of: (rows: Int32Array) => Oracle<SmoothQuery>,
): Oracle<SmoothQuery | SampleQuery> & { rows: number } {
  const all = of(Int32Array.from({ length: rows }, (_, i) => i))
  const oracle: Oracle<SmoothQuery | SampleQuery> = (query) =>
    query.ask === 'sample-gradient' ? of(query.rows)({ ...query, ask: 'gradient' }) : all(query)
  return Object.assign(oracle, { rows })
}

const square = (row: readonly number[]) => dot(row, row)

/** The same rows, those of class 0 first: whoever took them in this order would see one class for half an epoch. */
export function logisticSum({ name, X, y, ridge, solution, value }: Fixture): SumProblem {
  const order = y.map((_, i) => i).sort((a, b) => y[a]! - y[b]! || a - b)
  const pick = <T>(from: T[], rows: Int32Array) => Array.from(rows, (i) => from[order[i]!]!)
  return {
    name: `logistic regression by rows: ${name}`,
    oracle: sampling(y.length, (rows) => logistic(pick(X, rows), pick(y, rows), ridge)),
    start: zeros(solution.length),
    solution: Float64Array.from(solution),
    value,
    worst: Math.max(...X.map(square)) / 4 + ridge,
  }
}

/** (1/2n) Σ (xᵢᵀw − yᵢ)², with noise in y, so that the rows do not agree on a minimiser. */
function leastSquaresSum(rows: number, size: number): SumProblem {
  const random = uniform(11)
  const X = Array.from({ length: rows }, () => Array.from({ length: size }, random))
  const y = X.map((row) => 2 * row[0]! - row[1]! + 0.5 * random())
  const oracle = sampling(rows, (some) => {
    const mean = (f: (row: number[], y: number) => number) => {
      let sum = 0
      for (const i of some) sum += f(X[i]!, y[i]!)
      return sum / some.length
    }
    return answering(
      (w) => mean((row, y) => 0.5 * (dot(row, w) - y) ** 2),
      (w, out) => out.set(Array.from(w, (_, j) => mean((row, y) => (dot(row, w) - y) * row[j]!))),
      (_, out) => {
        for (let j = 0; j < size; j++)
          for (let k = 0; k < size; k++) out[j * size + k] = mean((row) => row[j]! * row[k]!)
      },
    )
  })
  const start = zeros(size)
  const hessian = zeros(size * size)
  const solution = zeros(size)
  oracle({ ask: 'hessian', at: start, gradient: solution, hessian })
  cholesky(hessian, size)
  choleskySolve(hessian, size, solution)
  for (let j = 0; j < size; j++) solution[j] = -solution[j]!
  return {
    name: 'least squares by rows',
    oracle,
    start,
    solution,
    value: oracle({ ask: 'value', at: solution }),
    worst: Math.max(...X.map(square)),
  }
}

export const sumProblems: readonly SumProblem[] = [
  leastSquaresSum(97, 5),
  ...fixtures.filter(({ name }) => /plain|separable/.test(name)).map(logisticSum),
]

/** Logistic regression with ℓ1 by rows. */
export const compositeSum: SumProblem & { penalty: Penalty } = fixtures
  .filter(({ lasso }) => lasso)
  .map((f) => ({ ...logisticSum(f), penalty: l1(f.lasso) }))[0]!

/** max |a − b|, relative to max |b| or to 1. */
export function error(a: Float64Array, b: Float64Array): number {
  let worst = 0
  let scale = 1
  for (let j = 0; j < b.length; j++) {
    worst = Math.max(worst, Math.abs(a[j]! - b[j]!))
    scale = Math.max(scale, Math.abs(b[j]!))
  }
  return worst / scale
}
