import { describe, expect, it } from 'vitest'
import { dualCoordinateDescent } from '../src/dual-coordinate-descent.ts'
import { lbfgs } from '../src/lbfgs.ts'
import { minimize } from '../src/minimize.ts'
import { minimizeAsync } from '../src/minimize-async.ts'
import { minimizeTogether } from '../src/minimize-together.ts'
import type { DualModelQuery, Oracle } from '../src/oracle.ts'
import { error, uniform } from './bank.ts'
import { dualByRows, type RowLoss } from './models.ts'

function wide(n: number, p: number) {
  const random = uniform(11)
  const X = Array.from({ length: n }, () => [1, ...Array.from({ length: p - 1 }, random)])
  const y = X.map((row) => Number(row[1]! + row[2]! + 0.3 + 0.8 * random() > 0))
  return { X, y }
}

const logistic = (y: readonly number[]): RowLoss => ({
  value: (i, eta) => (Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta))) - y[i]! * eta) / y.length,
  slope: (i, eta) => (1 / (1 + Math.exp(-eta)) - y[i]!) / y.length,
})

describe('dualCoordinateDescent', () => {
  const { X, y } = wide(40, 200)

  it('finds the minimum of a wide logistic regression with a ridge, as L-BFGS does', () => {
    for (const strength of [0.01, 0.1]) {
      const oracle = dualByRows(
        X,
        logistic(y),
        X[0]!.map(() => strength),
      )
      const start = new Float64Array(200)
      const exact = minimize(oracle, lbfgs({ tolerance: 1e-12 }), start)
      const outcome = minimize(oracle, dualCoordinateDescent({ tolerance: 1e-11 }), start)
      expect(outcome.status).toBe('converged')
      expect(error(outcome.at, exact.at)).toBeLessThan(1e-8)
      expect(Math.abs(outcome.value - exact.value)).toBeLessThan(1e-14)
      expect(outcome.iterations).toBeLessThan(100)
    }
  })

  it('leaves an intercept unpenalised, whatever its nearness', () => {
    const lambda = X[0]!.map((_, j) => (j ? 0.05 : 0))
    for (const nearness of [0.002, 0.02, 0.2]) {
      const oracle = dualByRows(X, logistic(y), lambda, nearness)
      const exact = minimize(oracle, lbfgs({ tolerance: 1e-12 }), new Float64Array(200))
      const outcome = minimize(oracle, dualCoordinateDescent({ tolerance: 1e-10 }), new Float64Array(200))
      expect(outcome.status).toBe('converged')
      expect(error(outcome.at, exact.at)).toBeLessThan(1e-7)
    }
  })

  it('starts from any point, and at the optimum asks once', () => {
    const lambda = X[0]!.map((_, j) => (j ? 0.05 : 0))
    const oracle = dualByRows(X, logistic(y), lambda, 0.01)
    const random = uniform(2)
    const outcome = minimize(
      oracle,
      dualCoordinateDescent({ tolerance: 1e-10 }),
      lambda.map(() => 3 * random()),
    )
    expect(outcome.status).toBe('converged')
    const again = minimize(oracle, dualCoordinateDescent({ tolerance: 1e-9 }), outcome.at)
    expect(again).toMatchObject({ status: 'converged', iterations: 0, queries: 1, at: outcome.at })
  })

  it('solves least squares exactly where rows are orthogonal: each coordinate once', () => {
    // ½ Σ (xᵢᵀw − yᵢ)² + ½ ‖w‖² with orthonormal rows: w = ½ Xᵀy.
    const targets = [3, -1, 2]
    const rows = targets.map((_, i) => Array.from({ length: 5 }, (_, j) => Number(i === j)))
    const squares: RowLoss = {
      value: (i, eta) => 0.5 * (eta - targets[i]!) ** 2,
      slope: (i, eta) => eta - targets[i]!,
    }
    const oracle = dualByRows(rows, squares, [1, 1, 1, 1, 1])
    const outcome = minimize(oracle, dualCoordinateDescent({ epochs: 1 }), new Float64Array(5))
    expect(outcome).toMatchObject({ status: 'converged', iterations: 1 })
    expect(error(outcome.at, Float64Array.of(1.5, -0.5, 1, 0, 0))).toBeLessThan(1e-14)
  })

  it('trains a linear support vector machine, whose loss has no gradient at the kink', () => {
    // C Σ max(0, 1 − sᵢ xᵢᵀw) + ½ ‖w‖² for the points ±(1, 1): by symmetry the margin is exact at w = (½, ½).
    const points = [
      [1, 1],
      [-1, -1],
      [2, 3],
    ]
    const sign = [1, -1, 1]
    const C = 10
    const hinge: RowLoss = {
      value: (i, eta) => C * Math.max(0, 1 - sign[i]! * eta),
      slope: (i, eta) => (sign[i]! * eta < 1 ? -C * sign[i]! : 0),
      // φ*(−α) = −s α for s α in [0, C].
      prox: (i, v, step) => sign[i]! * Math.min(C, Math.max(0, sign[i]! * v + step)),
    }
    const oracle = dualByRows(points, hinge, [1, 1])
    const at = minimize(oracle, dualCoordinateDescent({ maxIterations: 50 }), [0, 0]).at
    expect(error(at, Float64Array.of(0.5, 0.5))).toBeLessThan(1e-12)
  })

  it('depends on the seed in its path, not in its end', () => {
    const oracle = dualByRows(
      X,
      logistic(y),
      X[0]!.map(() => 0.05),
    )
    const run = (seed: number) => minimize(oracle, dualCoordinateDescent({ seed }), new Float64Array(200))
    expect(run(3)).toEqual(run(3))
    expect(run(3).at).not.toEqual(run(4).at)
    expect(error(run(3).at, run(4).at)).toBeLessThan(1e-6)
  })

  it('ends at the last good point where an answer is not finite', () => {
    const oracle = dualByRows(
      X,
      logistic(y),
      X[0]!.map(() => 0.05),
    )
    let asked = 0
    const failing: Oracle<DualModelQuery> = (query) => (asked++ < 2 ? oracle(query) : NaN)
    const steps: number[][] = []
    const outcome = minimize(failing, dualCoordinateDescent(), new Float64Array(200), {
      onStep: ({ at }) => steps.push([...at]),
    })
    expect(outcome).toMatchObject({ status: 'non-finite', iterations: 1 })
    expect([...outcome.at]).toEqual(steps[1])
    expect(minimize(() => NaN, dualCoordinateDescent(), [1])).toMatchObject({
      status: 'non-finite',
      at: Float64Array.of(1),
      value: Infinity,
    })
  })

  it('is the same with answers that come later, and side by side, bit for bit', async () => {
    const lambdas = [0.02, 0.1].map((strength) => X[0]!.map(() => strength))
    const solvers = lambdas.map(() => dualCoordinateDescent({ tolerance: 1e-6 }))
    const starts = lambdas.map((lambda) => new Float64Array(lambda.length))
    const oracles = lambdas.map((lambda) => dualByRows(X, logistic(y), lambda))
    const alone = oracles.map((oracle, k) => minimize(oracle, solvers[k]!, starts[k]!))
    for (const [k, oracle] of oracles.entries())
      expect(
        await minimizeAsync(async (query: DualModelQuery) => oracle(query), solvers[k]!, starts[k]!),
      ).toEqual(alone[k])
    expect(
      minimizeTogether<DualModelQuery>(
        (queries, answers) => {
          queries.forEach((query, k) => {
            if (query) answers[k] = oracles[k]!(query)
          })
        },
        solvers,
        starts,
      ),
    ).toEqual(alone)
  })

  it('goes over the rows by the sweeps of an oracle that has them, and ends where it does without', () => {
    const plain = dualByRows(
      X,
      logistic(y),
      X[0]!.map(() => 0.05),
    )
    const orders: number[][] = []
    const settled: number[] = []
    const sweeping: Oracle<DualModelQuery> = (query) => {
      const value = plain(query)
      const model = query.dual!
      query.dual = {
        ...model,
        slope: () => NaN,
        settle: () => settled.push(orders.length),
        sweep(order) {
          orders.push([...order])
          return order.reduce((moved, i) => {
            const h = model.curvature(i)
            const by = model.prox(i, model.dual[i]! - model.slope(i) / h, 1 / h) - model.dual[i]!
            model.move(i, by)
            return moved + h * by * by
          }, 0)
        },
      }
      return value
    }
    const solver = dualCoordinateDescent({ tolerance: 1e-10 })
    const outcome = minimize(sweeping, solver, new Float64Array(200))
    expect(outcome).toEqual(minimize(plain, solver, new Float64Array(200)))
    expect(outcome.status).toBe('converged')
    for (const order of orders) expect(order.toSorted((a, b) => a - b)).toEqual([...X.keys()])
    // After each of them.
    expect(settled).toEqual(orders.map((_, k) => k + 1))
  })

  it('stops its epochs when the moves say that the tolerance is reached: hardly more questions than two', () => {
    const oracle = dualByRows(
      X,
      logistic(y),
      X[0]!.map(() => 0.5),
    )
    let visits = 0
    const counting: Oracle<DualModelQuery> = (query) => {
      const value = oracle(query)
      const model = query.dual!
      query.dual = {
        ...model,
        slope(i) {
          visits++
          return model.slope(i)
        },
      }
      return value
    }
    const outcome = minimize(
      counting,
      dualCoordinateDescent({ tolerance: 1e-8, epochs: 100 }),
      new Float64Array(200),
    )
    expect(outcome.status).toBe('converged')
    expect(outcome.queries).toBeLessThanOrEqual(4)
    expect(visits / X.length).toBeLessThan(25)
  })

  it('keeps an order of orthogonal rows, and shuffles again where rows are alike', () => {
    // Rows that are alike: xᵢ = 1 + noise.
    const alike = X.map((row) => row.map((v) => v + 3))
    for (const [rows, kept] of [
      [X.slice(0, 3).map((_, i) => X[0]!.map((_, j) => Number(i === j % 3))), true],
      [alike, false],
    ] as const) {
      const orders = new Set<string>()
      const oracle = dualByRows(
        rows,
        logistic(y),
        rows[0]!.map(() => 0.05),
      )
      const watching: Oracle<DualModelQuery> = (query) => {
        const value = oracle(query)
        const model = query.dual!
        let order: number[] = []
        query.dual = {
          ...model,
          slope(i) {
            order.push(i)
            if (order.length === rows.length) {
              orders.add(order.join())
              order = []
            }
            return model.slope(i)
          },
        }
        return value
      }
      minimize(watching, dualCoordinateDescent({ maxIterations: 3 }), new Float64Array(200))
      expect(orders.size === 1).toBe(kept)
    }
  })

  it('refuses options out of range', () => {
    for (const epochs of [0, 1.5, NaN])
      expect(() => dualCoordinateDescent({ epochs })).toThrow(
        new RangeError(`dualCoordinateDescent: expected epochs 1, 2, …, got ${epochs}`),
      )
    expect(() => dualCoordinateDescent({ seed: 0.5 })).toThrow(
      new RangeError('dualCoordinateDescent: expected seed an integer, got 0.5'),
    )
  })
})
