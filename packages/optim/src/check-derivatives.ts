// Whether an oracle's gradient, Hessian and curvature products are those of its value.
import { derivative, roundingNoise } from './differences.ts'
import { copyStart } from './drive.ts'
import { type AnswerCheck, type Findings, findings } from './findings.ts'
import { type Answer, ask, probe, twice } from './interview.ts'
import { expect } from './limits.ts'
import type { GradientQuery, Oracle } from './oracle.ts'
import type { SmoothQuery } from './penalized.ts'

export interface CheckDerivativesOptions {
  /** Relative error that passes, besides what finite differences themselves may err by. Default 1e-6. */
  tolerance?: number | undefined
  /** Coordinates to be tried at most, spread evenly. Default 100. */
  most?: number | undefined
}

export interface DerivativeReport {
  /** True if the oracle answers gradients, and nothing wrong was found. */
  readonly ok: boolean
  /** What is wrong, a sentence for each kind of question. */
  readonly message: string
  readonly value: AnswerCheck
  readonly gradient: AnswerCheck
  readonly curvature: AnswerCheck
  readonly hessian: AnswerCheck
}

/**
 * Checks what an oracle answers at one point: ∇f against central differences of f; ∇²f, and its products with unit vectors and a random one, against
 * central differences of ∇f; values and gradients of different questions against each other. The steps suit each entry, so that
 * badly scaled problems pass, and an entry is wrong only if it is off by more than ten times what its differences may err by.
 *
 * It also finds answers that are added to what a buffer held, entries that are not written, Hessians that are not symmetric, and
 * second derivatives that are still those of the point asked before (`at` is a buffer that solvers move). Choose an ordinary
 * point: at a minimum, or where much is 0, little can be told (see `unresolved`).
 *
 * Asks for values 30 times for each coordinate that is tried, and, if there are second derivatives, for gradients as often.
 * Source: Nocedal & Wright, Numerical Optimization (2006), §8.1, p. 195–197; see `differences.ts` for the steps.
 *
 * @param oracle answers gradients, and whatever else is checked if it answers.
 * @param at p finite numbers, where f is finite.
 * @throws RangeError on a point or an option that is out of range; what the oracle throws is part of the report.
 */
export function checkDerivatives(
  oracle: Oracle<GradientQuery>,
  at: ArrayLike<number>,
  { tolerance = 1e-6, most = 100 }: CheckDerivativesOptions = {},
): DerivativeReport {
  const caller = 'checkDerivatives'
  expect(tolerance >= 0, caller, 'tolerance >= 0', tolerance)
  expect(most >= 1, caller, 'most >= 1', most)
  const x = copyStart(caller, at)
  // What else it answers, only asking can tell.
  const f = oracle as Oracle<SmoothQuery>
  const p = x.length
  const size = x.map((v) => Math.max(1, Math.abs(v)))
  const count = Math.min(p, Math.floor(most))
  const tried = Array.from({ length: count }, (_, k) => Math.floor((k * p) / count))
  const unit = (j: number) => x.map((_, k) => (k === j ? 1 : 0))
  // In ±1 without a pattern, times what the coordinates measure.
  const random = x.map((_, j) => Math.sin(12.9898 * (j + 1)) * size[j]!)
  const found = {
    value: findings('value'),
    gradient: findings('gradient'),
    curvature: findings('product'),
    hessian: findings('hessian'),
  }

  const gradient = probe(f, 'gradient', x, random, found.gradient)
  const value = probe(f, 'value', x, random, found.value)
  const product = probe(f, 'curvature', x, random, found.curvature)
  const hessian = probe(f, 'hessian', x, random, found.hessian)
  // f or ∇f at x + h v; not numbers where the oracle throws.
  const line =
    (kind: 'value' | 'gradient', v: Float64Array, pick: (answer: Answer) => ArrayLike<number>) =>
    (h: number, out: Float64Array) => {
      try {
        const moved = x.map((xj, j) => xj + h * v[j]!)
        out.set(pick(ask(f, kind, moved, v)))
      } catch {
        out.fill(NaN)
      }
    }
  const values = (v: Float64Array) => line(value ? 'value' : 'gradient', v, (answer) => [answer.value])
  const gradients = (v: Float64Array) => line('gradient', v, (answer) => answer.out)

  if (gradient) {
    const noise = roundingNoise(values(random), 1)
    const spread = roundingNoise(gradients(random), p)
    const same = 1e-10 * Math.abs(gradient.value) + 10 * noise[0]!
    if (value) found.value.compare([], value.value, gradient.value, same)
    for (const j of tried) {
      const slope = derivative(values(unit(j)), 0.1 * size[j]!, noise)
      const expected = slope.value[0]!
      const allowed = 10 * (slope.error[0]! + spread[j]!) + tolerance * Math.abs(expected)
      found.gradient.compare([j], gradient.out[j]!, expected, allowed)
    }

    if (hessian) {
      if (!(Math.abs(hessian.value - gradient.value) <= same))
        found.hessian.fault(`the value beside it is ${hessian.value}, not ${gradient.value}`)
      const j = hessian.gradient.findIndex(
        (g, j) => !(Math.abs(g - gradient.out[j]!) <= 10 * spread[j]! + 1e-10 * Math.abs(g)),
      )
      if (j >= 0)
        found.hessian.fault(`gradient[${j}] beside it is ${hessian.gradient[j]}, not ${gradient.out[j]}`)
      asymmetry(hessian.out, p, tolerance, found.hessian)
    }
    const whole = hessian && twice(f, 'hessian', x, random)
    for (const j of product || hessian ? [-1, ...tried] : []) {
      const v = j < 0 ? random : unit(j)
      const change = derivative(gradients(v), j < 0 ? 0.1 : 0.1 * size[j]!, spread)
      const compare = (
        sheet: Findings,
        { here, again }: ReturnType<typeof twice>,
        first: number,
        step: number,
      ) => {
        for (let i = 0; i < p; i++) {
          const expected = change.value[i]!
          const allowed = 10 * change.error[i]! + tolerance * Math.abs(expected)
          const [now, then] = [here.out[first + i * step]!, again.out[first + i * step]!]
          sheet.compare(j < 0 ? [i] : [i, j], now, expected, allowed)
          if (Math.abs(now - expected) > allowed && Math.abs(then - expected) <= allowed)
            sheet.fault('it is that of a point asked before: compare the numbers in at, whose buffer moves')
        }
      }
      if (product) compare(found.curvature, twice(f, 'curvature', x, v), 0, 1)
      if (whole && j >= 0) compare(found.hessian, whole, j, p)
    }
  }

  const checks = {
    value: found.value.result(),
    gradient: found.gradient.result(),
    curvature: found.curvature.result(),
    hessian: found.hessian.result(),
  }
  const wrong = Object.entries(checks).filter(
    ([kind, { ok, answered }]) => !ok || (kind === 'gradient' && !answered),
  )
  const message = wrong.map(([kind, check]) => `${kind}: ${check.message}.`).join(' ')
  return { ok: wrong.length === 0, message, ...checks }
}

/** Hᵢⱼ ≠ Hⱼᵢ, beside √|Hᵢᵢ Hⱼⱼ|. */
function asymmetry(hessian: Float64Array, p: number, tolerance: number, found: Findings): void {
  const h = (i: number, j: number) => hessian[i * p + j]!
  for (let i = 0; i < p; i++)
    for (let j = 0; j < i; j++) {
      const size = Math.sqrt(Math.abs(h(i, i) * h(j, j))) + Math.abs(h(i, j)) + Math.abs(h(j, i))
      if (Math.abs(h(i, j) - h(j, i)) <= (tolerance + 1e-12) * size) continue
      found.fault(`hessian[${i}, ${j}] is ${h(i, j)}, but hessian[${j}, ${i}] is ${h(j, i)}`)
      return
    }
}
