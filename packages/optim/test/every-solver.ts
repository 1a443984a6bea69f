// All solvers on one function that answers every question: what holds for each of them is tested on this list.
import { adagrad } from '../src/adagrad.ts'
import { adam } from '../src/adam.ts'
import { bfgs } from '../src/bfgs.ts'
import { byHessian } from '../src/by-hessian.ts'
import { dualCoordinateDescent } from '../src/dual-coordinate-descent.ts'
import { fista } from '../src/fista.ts'
import { gradientDescent } from '../src/gradient-descent.ts'
import { l1 } from '../src/l1.ts'
import { lbfgs } from '../src/lbfgs.ts'
import { momentum } from '../src/momentum.ts'
import { nesterov } from '../src/nesterov.ts'
import { newton } from '../src/newton.ts'
import { newtonCg } from '../src/newton-cg.ts'
import { nonNegative } from '../src/non-negative.ts'
import type { Oracle, Query, Solver } from '../src/oracle.ts'
import { owlqn } from '../src/owlqn.ts'
import { projectedGradient } from '../src/projected-gradient.ts'
import { proximalGradient } from '../src/proximal-gradient.ts'
import { proximalNewton } from '../src/proximal-newton.ts'
import { relativeGradient } from '../src/relative-gradient.ts'
import { rmsprop } from '../src/rmsprop.ts'
import { saga } from '../src/saga.ts'
import { sgd } from '../src/sgd.ts'
import { subgradient } from '../src/subgradient.ts'
import { svrg } from '../src/svrg.ts'
import { trustRegion } from '../src/trust-region.ts'
import { until } from '../src/until.ts'
import { untilGap } from '../src/until-gap.ts'
import { fixtures, logisticSum } from './bank.ts'
import { byGram, dualByRows } from './models.ts'

const ridge = 0.01
const fixture = { ...fixtures[0]!, ridge }
const { X, y } = fixture
const { oracle: sum, start: origin, worst } = logisticSum(fixture)
const n = y.length
const model = byGram(sum)
const dualModel = dualByRows(
  X,
  {
    value: (i, eta) => (Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta))) - y[i]! * eta) / n,
    slope: (i, eta) => (1 / (1 + Math.exp(-eta)) - y[i]!) / n,
  },
  origin.map(() => ridge) as unknown as number[],
)

/** (1/n) Σ [log(1 + exp(xᵢᵀw)) − yᵢ xᵢᵀw] + 0.005 ‖w‖². The answer to `dual` is no bound worth having. */
export const everything: Oracle<Query> = (query) => {
  if (query.ask === 'dual') return -1
  if (query.ask === 'dual-model') return dualModel(query)
  return query.ask === 'model' ? model(query) : sum(query)
}
export const start = Float64Array.from(origin, (_, j) => 1 - j)

const penalty = l1(0.02)
const some = { rows: n, batchSize: 16, maxIterations: 30 }
export const everySolver: readonly [string, Solver<Query>][] = [
  ['gradientDescent', gradientDescent({ maxIterations: 40 })],
  ['gradientDescent by Barzilai and Borwein', gradientDescent({ step: 'barzilai-borwein' })],
  ['momentum', momentum()],
  ['nesterov', nesterov()],
  ['newton', newton()],
  ['newtonCg', newtonCg()],
  ['trustRegion', trustRegion()],
  ['bfgs', bfgs()],
  ['lbfgs', lbfgs()],
  ['fista', fista({ penalty })],
  ['proximalGradient', proximalGradient({ penalty })],
  ['owlqn', owlqn({ penalty })],
  ['projectedGradient', projectedGradient({ penalty: nonNegative() })],
  ['proximalNewton', proximalNewton({ penalty })],
  ['proximalNewton by Hessians', byHessian(proximalNewton({ penalty }))],
  ['dualCoordinateDescent', dualCoordinateDescent({ maxIterations: 20 })],
  ['subgradient', subgradient({ maxIterations: 50 })],
  ['sgd', sgd({ ...some, step: 1, momentum: 0.5 })],
  ['sgd, averaged', sgd({ ...some, step: 1, averageAfter: 10, withReplacement: true })],
  ['adagrad', adagrad(some)],
  ['rmsprop', rmsprop(some)],
  ['adam', adam({ ...some, step: 0.1 })],
  ['saga', saga({ ...some, smoothness: worst })],
  ['saga with a penalty', saga({ ...some, smoothness: worst, penalty })],
  ['svrg', svrg({ ...some, smoothness: worst, penalty })],
  ['until', until(lbfgs(), relativeGradient(1e-4))],
  ['untilGap', untilGap(fista({ penalty }), { every: 2 })],
]
