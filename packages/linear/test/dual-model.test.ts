// The dual, one row at a time: the same quadratic as X Λ⁻¹ Xᵀ written out, and the same optimum as Newton's method and L-BFGS.
import {
  binaryCrossEntropyBlocks,
  hinge,
  huber,
  logCosh,
  binaryCrossEntropy as pointwise,
  poissonDeviance,
  type ScalarLoss,
  squared,
  squaredHinge,
} from '@logodds/core'
import { type DualModelQuery, dualCoordinateDescent, l1, l2, lbfgs, minimize, newton } from '@logodds/optim'
import fc from 'fast-check'
import ndarray from 'ndarray'
import { describe, expect, it } from 'vitest'
import { dualProx } from '../src/dual-prox.ts'
import {
  auto,
  blockFile,
  csr,
  type Design,
  dense,
  denseWalk,
  dualModel,
  fitLinear,
  fitLogistic,
  objective,
  standardized,
  withDualModel,
  withIntercept,
} from '../src/index.ts'
import { problemOracle } from '../src/objective.ts'

const logistic: ScalarLoss = { ...pointwise, blocks: binaryCrossEntropyBlocks }

// Numbers in (−1, 1) from a seed.
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
}

const n = 30
const p = 70
const next = random(3)
// Columns on many scales, with means that are not 0, half of the entries 0.
const X = Array.from({ length: n }, () =>
  Array.from({ length: p }, (_, j) => (next() > 0 ? 10 ** ((j % 5) - 2) * (next() + 0.3) : 0)),
)
const weights = Array.from({ length: n }, (_, i) => (i % 7 === 3 ? 0 : 1 + next()))
const offset = Array.from({ length: n }, () => next())
const y01 = Array.from({ length: n }, () => +(next() > -0.2))
const signs = y01.map((v) => 2 * v - 1)
const reals = y01.map((v) => 3 * v + next())
const counts = reals.map((v) => Math.max(0, Math.round(v)))

const arrays = {
  data: X.flatMap((row) => row.filter(Boolean)),
  indices: X.flatMap((row) => row.flatMap((v, j) => (v ? [j] : []))),
  indptr: Array.from({ length: n + 1 }, (_, i) => X.slice(0, i).flat().filter(Boolean).length),
  columns: p,
}
const columnMajor = Float64Array.from({ length: n * p }, (_, q) => X[q % n][Math.floor(q / n)])
const file = blockFile({
  rows: n,
  columns: p,
  read(first, rows, into) {
    into.set(X.slice(first, first + rows).flat())
  },
})
const designs: Record<string, Design> = {
  dense: dense(X),
  'a view': dense(ndarray(columnMajor, [p, n]).transpose(1, 0)),
  csr: csr(arrays),
  file,
}
const variants: Record<string, (design: Design) => Design> = {
  'as it is': (design) => design,
  'with ones': withIntercept,
  standardised: (design) => withIntercept(standardized(design, weights)),
  'a choice of columns': (design) =>
    withIntercept(
      design.rescaled(
        Float64Array.from({ length: p }, (_, j) => j % 3),
        Float64Array.from({ length: p }, (_, j) => 0.5 + (j % 4)),
        Int32Array.of(60, 3, 4, 9, 22, 21, 0),
      ),
    ),
}

/** The rows of a design, through its products. */
function rowsOf(design: Design): number[][] {
  const reader = design.reader()
  return Array.from({ length: design.rows }, (_, i) => {
    reader.read(i, 1)
    const row = new Float64Array(design.columns)
    const unit = new Float64Array(design.blockRows)
    unit[0] = 1
    reader.multiplyTransposed(unit, 1, row)
    return [...row]
  })
}

describe.each(Object.entries(designs))('%s', (_, plain) => {
  it.each(Object.entries(variants))('%s: slopes, curvatures and w(α) are those of X Λ⁻¹ Xᵀ', (name, make) => {
    const design = make(plain)
    const rows = rowsOf(design)
    const size = design.columns
    const lambda = Array.from({ length: size }, (_, j) =>
      j === p || (name[0] === 'a' && name[2] && j === 7) ? 0 : 0.1 + (j % 3),
    )
    const f = objective({
      design,
      loss: logistic,
      y: y01,
      weights,
      offset,
      penalty: l2(1, { weights: lambda }),
    })
    const step = random(5)
    const at = Float64Array.from({ length: size }, () => step() / 10)
    const query: DualModelQuery = { ask: 'dual-model', at, gradient: new Float64Array(size) }
    const expected = new Float64Array(size)
    const value = f({ ask: 'gradient', at, gradient: expected })
    expect(f(query)).toBe(value)
    expect(query.gradient).toEqual(expected)

    const model = query.dual!
    expect(model.size).toBe(n)
    const first = new Float64Array(size)
    model.primal(first)
    // ρ from where w(α) is: w = at + Xᵀα/ρ.
    const strength = lambda.map((l, j) => {
      if (l) return l
      const sum = rows.reduce((total, row, i) => total + model.dual[i] * row[j], 0)
      return sum / (first[j] - at[j])
    })
    const others = rows.map((row) => row.reduce((sum, x, j) => sum + (lambda[j] && (x * x) / lambda[j]), 0))
    const mean = others.reduce((a, b) => a + b) / n
    // 1/φ″ in the mean.
    const weightSum = weights.reduce((a, b) => a + b)
    const curved = rows.map((row, i) => {
      const q = 1 / (1 + Math.exp(-row.reduce((sum, x, j) => sum + x * at[j], offset[i])))
      return (weights[i] / weightSum) * q * (1 - q)
    })
    const bend = n / curved.reduce((a, b) => a + b)
    lambda.forEach((l, j) => {
      if (l) return
      const squares = rows.reduce((sum, row) => sum + row[j] ** 2, 0) / n
      expect(strength[j] / ((n * squares) / (mean + bend))).toBeCloseTo(1, 10)
    })
    const centre = at.slice()
    const check = () => {
      const w = strength.map(
        (l, j) =>
          (lambda[j] ? 0 : centre[j]) + rows.reduce((sum, row, i) => sum + model.dual[i] * row[j], 0) / l,
      )
      const got = new Float64Array(size)
      model.primal(got)
      const length = Math.max(...w.map(Math.abs))
      w.forEach((v, j) => {
        expect(Math.abs(got[j] - v)).toBeLessThan(1e-12 * length)
      })
      rows.forEach((row, i) => {
        const terms = row.map((x, j) => x * w[j])
        const slope = terms.reduce((a, b) => a + b)
        const scale = terms.reduce((sum, v) => sum + Math.abs(v), 0)
        expect(Math.abs(model.slope(i) - slope)).toBeLessThan(1e-12 * scale)
        const square = row.reduce((sum, x, j) => sum + (x * x) / strength[j], 0)
        expect(Math.abs(model.curvature(i) / square - 1)).toBeLessThan(1e-11)
      })
    }
    check()
    // α starts at t times −φ′, t in (0, 1].
    const total = weights.reduce((a, b) => a + b)
    const full = rows.map((row, i) => {
      const eta = row.reduce((sum, x, j) => sum + x * at[j], offset[i])
      return (-weights[i] / total) * (1 / (1 + Math.exp(-eta)) - y01[i])
    })
    const t = model.dual[0] / full[0]
    expect(t > 0 && t <= 1 + 1e-15).toBe(true)
    full.forEach((v, i) => {
      expect(Math.abs(model.dual[i] - t * v)).toBeLessThan(1e-14 * t)
    })
    for (let k = 0; k < 200; k++) model.move((7 * k) % n, step() / 50)
    check()
    // Asked again, it goes on; what has no penalty is held at the new place.
    query.at.forEach((v, j) => {
      query.at[j] = v + step()
    })
    centre.set(query.at)
    f(query)
    expect(query.dual).toBe(model)
    check()
    // Somebody else's model is not taken for one's own.
    const foreign: DualModelQuery = { ...query, dual: { ...model } }
    f(foreign)
    expect(foreign.dual).not.toBe(model)
  })
})

it('looks at some rows only to find how strongly an intercept is held, once for each column without a ridge', () => {
  const design = withIntercept(designs.dense)
  let walks = 0
  let squares = 0
  const counted: Design = {
    ...design,
    walk(metric) {
      walks++
      const { dot, ...walk } = denseWalk(
        design.stored!.sparse ? (undefined as never) : design.stored!.matrix,
        design.stored!.columns,
        metric,
      )
      return {
        ...walk,
        dot,
        square(i) {
          squares++
          return walk.square(i)
        },
      }
    },
  }
  const penalty = l2(0.2, { weights: Array.from({ length: p + 1 }, (_, j) => +(j < p)) })
  const f = objective({ design: counted, loss: logistic, y: y01, penalty })
  f({ ask: 'dual-model', at: new Float64Array(p + 1), gradient: new Float64Array(p + 1) })
  expect(walks).toBe(3)
  expect(squares).toBe(2 * n)
})

describe('the optimum', () => {
  const tight = { tolerance: 1e-13 }
  it.each(['dense', 'csr'] as const)(
    '%s: as Newton and L-BFGS find it, with weights, offset and intercept',
    (kind) => {
      for (const lambda of [1e-3, 0.1, 10])
        for (const intercept of [false, true]) {
          const scaled = standardized(designs[kind], weights)
          const design = intercept ? withIntercept(scaled) : scaled
          const penalty = l2(lambda, {
            weights: Array.from({ length: design.columns }, (_, j) => (j < p ? 1 + (j % 2) : 0)),
          })
          const f = objective({ design, loss: logistic, y: y01, weights, offset, penalty })
          const start = new Float64Array(design.columns)
          const exact = minimize(f, newton(tight), start)
          const same = minimize(f, lbfgs({ tolerance: 1e-13 }), start)
          const outcome = minimize(f, dualCoordinateDescent(tight), start)
          expect(outcome.status).toBe('converged')
          expect(Math.abs(outcome.value - exact.value)).toBeLessThan(1e-14)
          exact.at.forEach((v, j) => {
            expect(Math.abs(outcome.at[j] - v)).toBeLessThan(1e-10)
            expect(Math.abs(outcome.at[j] - same.at[j])).toBeLessThan(1e-10)
          })
          // A start near the optimum is worth something: α begins there.
          const warm = minimize(
            f,
            dualCoordinateDescent({ tolerance: 1e-9 }),
            exact.at.map((v) => v * (1 + 1e-7)),
          )
          expect(warm.iterations).toBeLessThanOrEqual(3)
        }
    },
  )

  it.each<[string, ScalarLoss, number[]]>([
    ['squared', squared, reals],
    ['Huber', huber(0.3), reals],
    ['log-cosh', logCosh, reals],
    ['Poisson', poissonDeviance, counts],
    ['squared hinge', squaredHinge, signs],
    ['logistic by its pointwise functions', pointwise, y01],
    ['logistic with soft targets', logistic, y01.map((v) => 0.1 + 0.7 * v)],
  ])('%s loss', (_, loss, y) => {
    const design = withIntercept(standardized(designs.dense, weights))
    const penalty = l2(0.2, { weights: Array.from({ length: p + 1 }, (_, j) => +(j < p)) })
    const f = objective({ design, loss, y, weights, offset, penalty })
    const start = new Float64Array(p + 1)
    const exact = minimize(f, lbfgs(tight), start)
    const outcome = minimize(f, dualCoordinateDescent({ tolerance: 1e-11 }), start)
    expect(exact.status).toBe('converged')
    expect(outcome.status).toBe('converged')
    exact.at.forEach((v, j) => {
      expect(Math.abs(outcome.at[j] - v)).toBeLessThan(1e-10)
    })
  })

  it('hinge loss, which has kinks at its optimum: the gap closes', () => {
    const design = standardized(designs.dense, weights)
    const f = objective({ design, loss: hinge, y: signs, weights, offset, penalty: l2(0.05) })
    const query: DualModelQuery = {
      ask: 'dual-model',
      at: new Float64Array(p),
      gradient: new Float64Array(p),
    }
    f(query)
    const model = query.dual!
    for (let t = 0; t < 100 * n; t++) {
      const i = (7 * t) % n
      const h = model.curvature(i)
      model.move(i, model.prox(i, model.dual[i] - model.slope(i) / h, 1 / h) - model.dual[i])
    }
    const w = new Float64Array(p)
    model.primal(w)
    // −½‖w‖²_Λ − Σ s ℓ*(−α/s) + …, for ℓ*(u, y) = uy.
    const total = weights.reduce((a, b) => a + b)
    const primal = f({ ask: 'value', at: w })
    const conjugates = signs.reduce((sum, y, i) => sum - y * model.dual[i] + model.dual[i] * offset[i], 0)
    const dual = -0.025 * w.reduce((sum, v) => sum + v * v, 0) - conjugates
    model.dual.forEach((a, i) => {
      expect(a * signs[i]).toBeGreaterThanOrEqual(0)
      expect(a * signs[i]).toBeLessThanOrEqual((weights[i] / total) * (1 + 1e-15))
    })
    expect(primal - dual).toBeGreaterThan(-1e-15)
    expect(primal - dual).toBeLessThan(1e-10)
  })
})

describe('the prox of a row', () => {
  const losses: [string, ScalarLoss, (v: number) => number][] = [
    ['logistic', logistic, (v) => +(v > 0)],
    ['soft logistic', logistic, (v) => 0.5 + v / 2],
    ['logistic by its pointwise functions', pointwise, (v) => +(v > 0)],
    ['squared', squared, (v) => 100 * v],
    ['Huber', huber(0.3), (v) => 3 * v],
    ['hinge', hinge, (v) => Math.sign(v) || 1],
    ['Poisson', poissonDeviance, (v) => Math.round(3 + 3 * v)],
  ]
  it.each(losses)(
    '%s: v + step η at η = (z − v)/step, where −φ′ jumps across z or is z',
    (_, loss, target) => {
      const magnitude = fc.double({ min: -8, max: 4, noNaN: true }).map((e) => 10 ** e)
      const signed = fc.double({ min: -1, max: 1, noNaN: true })
      fc.assert(
        fc.property(magnitude, magnitude, signed, signed, signed, (s, step, a, b, o) => {
          const y = target(a)
          // v of the size that α and step·η have.
          const v = b * s + step * 30 * o
          const blocks = loss.blocks ?? blocksOf(loss)
          const problem = {
            blocks,
            width: 1,
            lossSmoothness: 1,
            y: Float64Array.of(y),
            weights: Float64Array.of(s),
            offset: Float64Array.of(o),
          }
          const z = dualProx(problem as never)(0, v, step, b * s)
          expect(z).not.toBeNaN()
          const eta = (z - v) / step
          // z may be a little off, η by as much over the step.
          const slack = 1e-14 * (Math.abs(z) + Math.abs(v) + s * (1 + Math.abs(y)))
          const low = -s * loss.gradient(eta + o + slack / step + 1e-13 * (1 + Math.abs(eta)), y)
          const high = -s * loss.gradient(eta + o - slack / step - 1e-13 * (1 + Math.abs(eta)), y)
          expect(z).toBeGreaterThanOrEqual(low - slack)
          expect(z).toBeLessThanOrEqual(high + slack)
        }),
        { numRuns: 500, seed: 4 },
      )
    },
  )

  it('of rows without weight is 0, and tiny dual coordinates keep their digits', () => {
    const problem = {
      blocks: binaryCrossEntropyBlocks,
      width: 1,
      lossSmoothness: 0.25,
      y: Float64Array.of(1, 1),
      weights: Float64Array.of(0, 1),
    }
    const prox = dualProx(problem as never)
    expect(prox(0, 3, 2, 0)).toBe(0)
    // z = σ(−η), z = v + η: at η = 100, z = e^−100 to all digits.
    const z = prox(1, -100, 1, 1e-20)
    expect(Math.abs(z / Math.exp(-100) - 1)).toBeLessThan(1e-13)
  })
})

const blocksOf = (loss: ScalarLoss) => ({
  value: () => 0,
  gradient: () => 0,
  hessian({ first, eta, targets, weights, residual, curvature }: never) {
    const { s, at, y } = { s: weights[first], at: eta[0], y: targets[first] }
    ;(residual as Float64Array)[0] = s * loss.gradient(at, y)
    ;(curvature as Float64Array)[0] = s * loss.hessian(at, y)
    return 0
  },
})

describe('in fits', () => {
  it('fitLogistic takes it: the same model as by default', () => {
    for (const options of [
      { penalty: l2(0.01) },
      { penalty: l2(0.01), intercept: false, standardize: false },
      { penalty: l2(0.3), weights, offset },
    ]) {
      const byDefault = fitLogistic(X, y01, { ...options, tolerance: 1e-12 })
      for (const design of [X, designs.csr]) {
        const model = fitLogistic(design, y01, {
          ...options,
          tolerance: 1e-12,
          solver: (penalty, context) => withDualModel(penalty, context, dualCoordinateDescent(context)),
        })
        expect(model.fit.status).toBe('converged')
        expect(model.fit.gradientNorm).toBeLessThan(1e-12)
        expect(model.fit.dualityGap).toBeLessThan(1e-12)
        model.coefficients[0].forEach((v, j) => {
          const other = byDefault.coefficients[0][j]
          expect(Math.abs(v - other)).toBeLessThan(3e-8 * Math.max(1e-2, Math.abs(other)))
        })
        expect(Math.abs(model.intercepts[0] - byDefault.intercepts[0])).toBeLessThan(1e-8)
      }
    }
  })

  it('fitLinear too, with columns that are not penalised', () => {
    const options = {
      penalty: l2(0.05, { weights: X[0].map((_, j) => +(j > 1)) }),
      weights,
      tolerance: 1e-10,
    }
    const byDefault = fitLinear(X, reals, { ...options, loss: squared })
    const model = fitLinear(X, reals, {
      ...options,
      loss: squared,
      solver: (penalty, context) => withDualModel(penalty, context, dualCoordinateDescent(context)),
    })
    expect(model.fit.status).toBe('converged')
    model.coefficients[0].forEach((v, j) => {
      const other = byDefault.coefficients[0][j]
      expect(Math.abs(v - other)).toBeLessThan(1e-7 * Math.max(1, Math.abs(other)))
    })
  })

  it.each<[string, number, number, boolean]>([
    ['3', 3, 1e-6, false],
    ['10', 10, 1e-4, true],
    ['1000', 1000, 1e-3, true],
  ])(
    'auto() does not stay with it where rows are alike, their columns having means of %s',
    (_, far, lambda, standardize) => {
      const next = random(8)
      const means = Array.from({ length: 240 }, () => far * next())
      const X = Array.from({ length: 60 }, () => means.map((mean) => mean + next()))
      const y = X.map(() => +(next() > 0))
      const options = { penalty: l2(lambda), intercept: false, standardize, tolerance: 1e-11 }
      const { fit, coefficients } = fitLogistic(X, y, { ...options, solver: auto() })
      expect(fit.status).toBe('converged')
      // L-BFGS took many hundreds, or ended at its thousandth.
      expect(fit.passes).toBeLessThan(300)
      const byNewton = fitLogistic(X, y, { ...options, solver: (_, context) => newton(context) })
      const largest = Math.max(...byNewton.coefficients[0].map(Math.abs))
      coefficients[0].forEach((w, j) => {
        expect(Math.abs(w - byNewton.coefficients[0][j])).toBeLessThan(1e-6 * largest)
      })
    },
  )

  it('sweeps that mixing does not help are hardly ever mixed', () => {
    const next = random(3)
    const means = Array.from({ length: 250 }, () => 3 * next())
    const X = Array.from({ length: 50 }, () => means.map((mean) => mean + next()))
    const y = X.map(([v]) => (v > means[0] ? 1 : -1))
    const given = { loss: hinge, penalty: l2(0.1), intercept: false }
    const exact = fitLinear(X, y, { ...given, tolerance: 1e-10 }).coefficients[0]
    const swept = fitLinear(X, y, {
      ...given,
      solver: (penalty, context) =>
        withDualModel(penalty, context, dualCoordinateDescent({ ...context, maxIterations: 80 })),
    }).coefficients[0]
    const largest = Math.max(...exact.map(Math.abs))
    swept.forEach((w, j) => {
      expect(Math.abs(w - exact[j])).toBeLessThan(1e-10 * largest)
    })
  })

  it('nor for counts, whose loss bends without bound', () => {
    const next = random(3)
    const means = Array.from({ length: 250 }, () => 30 * next())
    const X = Array.from({ length: 50 }, () => means.map((mean) => mean + next()))
    const y = X.map(() => Math.floor(2 + 2 * next()))
    const given = { loss: poissonDeviance, penalty: l2(0.1), intercept: false, solver: auto() }
    const { fit } = fitLinear(X, y, given)
    expect(fit.status).toBe('converged')
    expect(fit.passes).toBeLessThan(1000)
  })

  it('auto() chooses it for several times as many columns as rows', () => {
    const next = random(8)
    const wide = Array.from({ length: 40 }, () => Array.from({ length: 2500 }, next))
    const y = wide.map(([v]) => +(v > 0))
    const model = fitLogistic(wide, y, { penalty: l2(0.1), solver: auto() })
    expect(model.fit.status).toBe('converged')
    expect(model.fit.message).toContain('dual coordinate descent (2501 coordinates, 40 rows)')
    const file = blockFile({
      rows: 40,
      columns: 2500,
      read: (first, rows, into) => into.set(wide.slice(first, first + rows).flat()),
    })
    for (const [X, penalty] of [
      [wide, undefined],
      [wide, l1(0.1)],
      [wide, l2(0.1, { weights: wide[0].map((_, j) => +(j > 1)) })],
      [file, l2(0.1)],
    ] as const) {
      const { message } = fitLogistic(X, y, { penalty, maxIterations: 1, solver: auto() }).fit
      expect(message).not.toContain('dual')
    }
  })

  it('costs a few sweeps more with an intercept than without, over six decades of the penalty', () => {
    const [rows, columns] = [60, 900]
    const next = random(12)
    const wide = Array.from({ length: rows }, () => Array.from({ length: columns }, next))
    for (const share of [0.1, 0.5])
      for (const lambda of [1e-4, 1e-2, 1, 100]) {
        const y = wide.map((_, i) => +(i < share * rows))
        const sweeps = [false, true].map((intercept) => {
          let visits = 0
          const plain = dense(wide)
          const counted = (design: Design): Design => ({
            ...design,
            rescaled: (...given) => counted(design.rescaled(...given)),
            withIntercept: () => counted(design.withIntercept()),
            walk(metric) {
              const walk = denseWalk(
                design.stored!.sparse ? (0 as never) : design.stored!.matrix,
                design.stored!.columns,
                metric,
              )
              return {
                ...walk,
                dot(i) {
                  visits++
                  return walk.dot(i)
                },
              }
            },
          })
          const { fit } = fitLogistic(counted(plain), y, {
            penalty: l2(lambda),
            intercept,
            tolerance: 1e-10,
            solver: (penalty, context) => withDualModel(penalty, context, dualCoordinateDescent(context)),
          })
          expect(fit.status).toBe('converged')
          expect(visits % rows).toBe(0)
          return visits / rows
        })
        expect(sweeps[0]).toBeLessThanOrEqual(10)
        expect(sweeps[1]).toBeLessThanOrEqual(18)
      }
  })

  it('settles without a look at X: w stays w(α), and sweeps stay where mixing led away', () => {
    const design = withIntercept(standardized(designs.dense, weights))
    const penalty = l2(0.2, { weights: Array.from({ length: p + 1 }, (_, j) => +(j < p)) })
    const f = objective({ design, loss: logistic, y: y01, weights, offset, penalty })
    const query: DualModelQuery = {
      ask: 'dual-model',
      at: new Float64Array(p + 1),
      gradient: new Float64Array(p + 1),
    }
    f(query)
    const model = query.dual!
    const rows = rowsOf(design)
    const w = new Float64Array(p + 1)
    const visits = (order: number[]) => {
      for (const i of order) {
        const h = model.curvature(i)
        model.move(i, model.prox(i, model.dual[i] - model.slope(i) / h, 1 / h) - model.dual[i])
      }
    }
    const check = () => {
      model.primal(w)
      const length = Math.max(...w.map(Math.abs))
      for (let j = 0; j < p; j++) {
        const sum = rows.reduce((total, row, i) => total + model.dual[i] * row[j], 0)
        expect(Math.abs(w[j] - sum / 0.2)).toBeLessThan(1e-11 * length)
      }
      rows.forEach((row, i) => {
        const slope = row.reduce((sum, x, j) => sum + x * w[j], 0)
        expect(Math.abs(model.slope(i) - slope)).toBeLessThan(1e-11 * length * 100)
      })
    }
    const order = [...rows.keys()]
    for (let k = 0; k < 6; k++) {
      visits(order)
      model.settle!()
      check()
    }
    // From here on the order is another one each time, and some α are pushed away after mixing: nothing of it stays.
    model.move(3, 0.01)
    visits(order)
    model.settle!()
    check()
    for (let k = 0; k < 300; k++) {
      order.reverse()
      visits(order)
      model.settle!()
    }
    check()
    const exact = minimize(f, newton({ tolerance: 1e-13 }), new Float64Array(p + 1)).at
    const size = Math.max(...exact.map(Math.abs))
    exact.forEach((v, j) => {
      expect(Math.abs(w[j] - v)).toBeLessThan(1e-8 * size)
    })
  })

  it('refuses what has no such dual', () => {
    const solver = (penalty: never, context: never) =>
      withDualModel(penalty, context, dualCoordinateDescent())
    expect(() => fitLogistic(X, y01, { solver: solver as never })).toThrow(
      new RangeError('withDualModel: expected a ridge penalty, l2(λ), got none'),
    )
    expect(() => fitLogistic(X, y01, { penalty: l1(0.1), solver: solver as never })).toThrow(
      new RangeError('withDualModel: expected a ridge penalty, l2(λ), got l1'),
    )
    const f = objective({ design: designs.dense, loss: logistic, y: y01 })
    const query: DualModelQuery = {
      ask: 'dual-model',
      at: new Float64Array(p),
      gradient: new Float64Array(p),
    }
    expect(() => f(query)).toThrow(
      new RangeError('dual-model: expected a ridge penalty, l2(λ) with λ > 0, got none'),
    )
    const problem = {
      blocks: binaryCrossEntropyBlocks,
      width: 2,
      y: new Float64Array(n),
      weights: new Float64Array(n),
    }
    const data = problemOracle(designs.dense, problem as never)
    expect(() =>
      dualModel({ design: designs.dense, problem: problem as never, data, penalty: l2(1) }),
    ).toThrow(new RangeError('dual-model: expected a loss of one input, got K = 2'))
  })
})
