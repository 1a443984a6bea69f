// What a solver adds to the oracle's own work: whole runs on a cheap function, and the pieces that are hot.
import { bench, describe } from 'vitest'
import { adam } from '../src/adam.ts'
import { bfgs } from '../src/bfgs.ts'
import { checkDerivatives } from '../src/check-derivatives.ts'
import { cholesky } from '../src/cholesky.ts'
import { fista } from '../src/fista.ts'
import { gradientDescent } from '../src/gradient-descent.ts'
import { l1 } from '../src/l1.ts'
import { lbfgs } from '../src/lbfgs.ts'
import { minimize } from '../src/minimize.ts'
import { minimizeAsync } from '../src/minimize-async.ts'
import { momentum } from '../src/momentum.ts'
import { nesterov } from '../src/nesterov.ts'
import { newton } from '../src/newton.ts'
import { newtonCg } from '../src/newton-cg.ts'
import type {
  CurvatureQuery,
  GradientQuery,
  HessianQuery,
  Oracle,
  SampleQuery,
  Solver,
  ValueQuery,
} from '../src/oracle.ts'
import { saga } from '../src/saga.ts'
import { sgd } from '../src/sgd.ts'
import { trustRegion } from '../src/trust-region.ts'

const size = 100

/** ½ Σ dⱼ (xⱼ − 1)², d from 0.01 to 1. */
const bowl: Oracle<ValueQuery | GradientQuery | CurvatureQuery | HessianQuery> = (query) => {
  let value = 0
  for (let j = 0; j < size; j++) {
    const d = 100 ** (j / (size - 1) - 1)
    const e = query.at[j]! - 1
    value += 0.5 * d * e * e
    if (query.ask === 'curvature') query.product[j] = d * query.along[j]!
    else if (query.ask !== 'value') query.gradient[j] = d * e
    if (query.ask === 'hessian') query.hessian[j * size + j] = d
  }
  return value
}
const start = new Float64Array(size)

/** Nothing but questions. */
const asking: Solver<ValueQuery> = function* (at) {
  let value = 0
  for (let k = 0; k < 10_000; k++) value += yield { ask: 'value', at }
  return { status: 'converged', message: '', at, value, iterations: 0, optimality: 0 }
}

describe('10 000 questions', () => {
  bench('minimize', () => void minimize(() => 1, asking, [0]))
  bench('minimizeAsync, answers at hand', async () => void (await minimizeAsync(() => 1, asking, [0])))
  bench('minimizeAsync, promises', async () => void (await minimizeAsync(async () => 1, asking, [0])))
})

describe(`a quadratic of ${size} coordinates and condition 100, to 1e-8`, () => {
  bench('newton', () => void minimize(bowl, newton(), start))
  bench('newtonCg', () => void minimize(bowl, newtonCg(), start))
  bench('trustRegion', () => void minimize(bowl, trustRegion(), start))
  bench('bfgs', () => void minimize(bowl, bfgs(), start))
  bench('lbfgs', () => void minimize(bowl, lbfgs(), start))
  bench('nesterov, step 1/L', () => void minimize(bowl, nesterov({ step: 1 }), start))
  bench('momentum, step 1/L', () => void minimize(bowl, momentum({ step: 1 }), start))
  bench('fista', () => void minimize(bowl, fista({ penalty: l1(1e-4) }), start))
  bench(
    'gradientDescent, Barzilai and Borwein',
    () => void minimize(bowl, gradientDescent({ step: 'barzilai-borwein' }), start),
  )
  bench('gradientDescent, step 1/L', () => void minimize(bowl, gradientDescent({ step: 1 }), start))
})

describe('pieces', () => {
  const matrix = Float64Array.from({ length: size * size }, (_, at) => {
    const distance = Math.abs(Math.floor(at / size) - (at % size))
    return 0.9 ** distance
  })
  const factor = matrix.slice()
  const long = Float64Array.from({ length: 100_000 }, (_, j) => Math.sin(j))
  const out = new Float64Array(long.length)
  const penalty = l1(0.5)
  const weighted = l1(0.5, { weights: new Float64Array(long.length).fill(1) })
  bench(`cholesky of ${size} × ${size}`, () => {
    factor.set(matrix)
    cholesky(factor, size)
  })
  bench(`checkDerivatives of ${size} coordinates`, () => void checkDerivatives(bowl, start))
  bench('soft thresholding of 1e5', () => penalty.prox(long, 1, out))
  bench('soft thresholding of 1e5, weighted', () => weighted.prox(long, 1, out))
})

describe(`100 epochs of 100 batches, ${size} coordinates, answers for nothing`, () => {
  const flat: Oracle<SampleQuery> = () => 1
  const options = { rows: 3200, step: 0.1, measureEvery: 100, tolerance: 0 }
  const from = new Float64Array(size).fill(1)
  bench('sgd', () => void minimize(flat, sgd(options), from))
  bench('adam', () => void minimize(flat, adam(options), from))
  bench('saga', () => void minimize(flat, saga(options), from))
})
