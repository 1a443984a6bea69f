// What composite solvers add to the oracle's own work, and what a prox costs.
import { bench, describe } from 'vitest'
import { box } from '../src/box.ts'
import { byHessian } from '../src/by-hessian.ts'
import { fista } from '../src/fista.ts'
import { groupLasso } from '../src/group-lasso.ts'
import { l1 } from '../src/l1.ts'
import { mcp } from '../src/mcp.ts'
import { minimize } from '../src/minimize.ts'
import type { GradientQuery, HessianQuery, Oracle, ValueQuery } from '../src/oracle.ts'
import { owlqn } from '../src/owlqn.ts'
import { projectedGradient } from '../src/projected-gradient.ts'
import { proximalGradient } from '../src/proximal-gradient.ts'
import { proximalNewton } from '../src/proximal-newton.ts'

const size = 100

/** ½ (x − 1)ᵀA(x − 1) with Aⱼₖ = 0.9^|j−k|. */
const A = Float64Array.from(
  { length: size * size },
  (_, q) => 0.9 ** Math.abs(Math.floor(q / size) - (q % size)),
)
const bowl: Oracle<ValueQuery | GradientQuery | HessianQuery> = (query) => {
  let value = 0
  for (let j = 0; j < size; j++) {
    let slope = 0
    for (let k = 0; k < size; k++) slope += A[j * size + k]! * (query.at[k]! - (k % 5 ? 0 : 1))
    value += 0.5 * slope * (query.at[j]! - (j % 5 ? 0 : 1))
    if (query.ask !== 'value') query.gradient[j] = slope
  }
  if (query.ask === 'hessian') query.hessian.set(A)
  return value
}
const start = new Float64Array(size)

describe(`least squares of ${size} correlated coordinates with an ℓ1 penalty, to 1e-8`, () => {
  const penalty = l1(0.05)
  bench('proximalNewton', () => void minimize(bowl, byHessian(proximalNewton({ penalty })), start))
  bench('owlqn', () => void minimize(bowl, owlqn({ penalty }), start))
  bench('fista', () => void minimize(bowl, fista({ penalty }), start))
  bench('proximalGradient', () => void minimize(bowl, proximalGradient({ penalty }), start))
  bench('projectedGradient, in a box', () => {
    minimize(bowl, projectedGradient({ penalty: box(-0.1, 0.5) }), start)
  })
})

describe('prox of 1e5', () => {
  const long = Float64Array.from({ length: 100_000 }, (_, j) => Math.sin(j))
  const out = new Float64Array(long.length)
  const penalties = {
    groupLasso: groupLasso(
      0.5,
      long.map((_, j) => Math.floor(j / 10)),
    ),
    box: box(-0.5, 0.5),
    mcp: mcp(0.5),
  }
  for (const [name, penalty] of Object.entries(penalties)) bench(name, () => penalty.prox(long, 1, out))
})
