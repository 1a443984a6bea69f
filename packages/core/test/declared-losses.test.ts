// What every scalar loss says of itself is so: derivatives, conjugate, smoothness, convexity, class, Lipschitz bound, calibration.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as core from '../src/index.ts'
import { allLosses, type LossCase } from './all-losses.ts'

const EPSILON = Number.EPSILON

/** From the lowest to the highest η that a loss is for. */
const domainOf = ({ loss }: LossCase) => loss.domain ?? ([-Infinity, Infinity] as const)

/** η where things happen: near 0, y and the kinks closely, far away by magnitude; inside the domain, ascending. */
function grid(entry: LossCase, y: number): number[] {
  const [from, to] = domainOf(entry)
  const kinks = entry.kinks?.(y) ?? []
  const found = new Set<number>([...kinks])
  for (let k = -4000; k <= 4000; k++) found.add(k / 100).add(y + k / 100)
  for (const magnitude of [1e-300, 1e-8, 1e-3, 60, 100, 300, 700, 745, 1e4, 1e8, 1e100, 1e154, 1e308]) {
    for (const sign of [-1, 1]) {
      found.add(sign * magnitude)
      for (const center of [y, ...kinks]) found.add(center + sign * magnitude)
    }
  }
  for (const end of [from, to]) {
    if (!Number.isFinite(end)) continue
    found.add(end)
    for (let k = 1; k < 40; k++)
      found
        .add(end * 2 ** -k)
        .add(end + (to - from) * 2 ** -k)
        .add(end - (to - from) * 2 ** -k)
  }
  return [...found].filter((eta) => eta >= from && eta <= to && Number.isFinite(eta)).sort((a, b) => a - b)
}

/** Away from the ends and the kinks by more than h. */
const smoothAt = (entry: LossCase, y: number, eta: number, h: number) => {
  const [from, to] = domainOf(entry)
  return (
    eta - h > from && eta + h < to && !(entry.kinks?.(y) ?? []).some((kink) => Math.abs(eta - kink) <= 2 * h)
  )
}

const moderate = ({ loss }: LossCase) =>
  fc.double({
    min: Math.max(-30, domainOf({ loss } as LossCase)[0]),
    max: Math.min(30, domainOf({ loss } as LossCase)[1]),
    noNaN: true,
  })

test('no loss that the package exports is missing here', () => {
  const tested = new Set(allLosses.map(({ loss }) => loss.name))
  const isLoss = (x: unknown): x is { name: string } =>
    typeof x === 'object' && x !== null && 'hessian' in x && !('target' in x) && 'targets' in x
  for (const [name, exported] of Object.entries(core)) {
    if (isLoss(exported)) expect(tested, name).toContain(exported.name)
    else if (typeof exported === 'function') {
      let made: unknown
      try {
        made = (exported as () => unknown)()
      } catch {
        continue
      }
      if (isLoss(made)) expect(tested, name).toContain(made.name)
    }
  }
})

describe.each(allLosses)('$label', (entry) => {
  const { loss, targets } = entry
  const target = fc.constantFrom(...targets)

  test('holds its targets and refuses others', () => {
    for (const y of targets) expect(loss.targets.holds(y), `${y}`).toBe(true)
    for (const y of [...(entry.refused ?? []), NaN]) expect(loss.targets.holds(y), `${y}`).toBe(false)
    expect(loss.targets.what).not.toBe('')
  })

  test('NaN in, NaN out (or an error), but of a curvature that is the same everywhere; never NaN of a number', () => {
    for (const y of targets) {
      const bends = new Set(grid(entry, y).map((eta) => loss.hessian(eta, y) + 0))
      for (const f of ['value', 'gradient', 'hessian'] as const) {
        let found = NaN
        try {
          found = loss[f](NaN, y)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
        }
        if (f === 'hessian' && bends.size === 1) expect(bends).toContain(found)
        else expect(found, `${f} of NaN, ${y}`).toBeNaN()
      }
      if (loss.conjugate) expect(loss.conjugate(NaN, y)).toBeNaN()
      for (const eta of [...grid(entry, y), ...(loss.domain ? [] : [-Infinity, Infinity])]) {
        const found = [loss.value(eta, y), loss.gradient(eta, y), loss.hessian(eta, y)]
        if (found.some(Number.isNaN)) expect.fail(`${found} at ${eta}, ${y}`)
      }
    }
  })

  test('its derivatives, by central differences', () => {
    fc.assert(
      fc.property(moderate(entry), target, (eta, y) => {
        const h = 1e-5 * (loss.domain ? Math.min(eta - loss.domain[0], loss.domain[1] - eta) : 1)
        const width = eta + h - (eta - h)
        if (!(width > 0) || !smoothAt(entry, y, eta, h)) return
        for (const [f, df] of [
          ['value', 'gradient'],
          ['gradient', 'hessian'],
        ] as const) {
          const [above, below, slope] = [loss[f](eta + h, y), loss[f](eta - h, y), loss[df](eta, y)]
          const rounding =
            (64 * EPSILON * (Math.abs(above) + Math.abs(below) + Math.abs(loss[f](0 * eta || eta, y)))) /
            width
          const size = Math.max(
            Math.abs(slope),
            Math.abs(loss[df](eta + h, y)),
            Math.abs(loss[df](eta - h, y)),
            1e-3,
          )
          expect(Math.abs((above - below) / width - slope), `${df} at ${eta}, ${y}`).toBeLessThanOrEqual(
            rounding + 1e-7 * size,
          )
        }
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  test('convex, or not', () => {
    let falls = false
    for (const y of targets) {
      const etas = grid(entry, y)
      for (let i = 1; i < etas.length; i++) {
        const [before, after] = [loss.gradient(etas[i - 1], y), loss.gradient(etas[i], y)]
        const rounding = 8 * EPSILON * Math.max(Math.abs(before), Math.abs(after))
        if (before !== after && !(after >= before - rounding)) falls = true
      }
      const bend = Math.min(...etas.map((eta) => loss.hessian(eta, y)))
      if (loss.convex) expect(bend).toBeGreaterThanOrEqual(0)
    }
    expect(falls).toBe(!loss.convex)
  })

  test('smoothness: never exceeded, attained or approached; Infinity where the curvature has no bound or the slope jumps', () => {
    let largest = -Infinity
    let steepest = -Infinity
    for (const y of targets) {
      const etas = grid(entry, y)
      for (const eta of etas) largest = Math.max(largest, loss.hessian(eta, y))
      for (let i = 1; i < etas.length; i++) {
        const rise = loss.gradient(etas[i], y) - loss.gradient(etas[i - 1], y)
        const run = etas[i] - etas[i - 1]
        // Nearer than that, or out of the doubles, the quotient is rounding.
        if (run >= 1e-9 * Math.max(1, Math.abs(etas[i])) && Number.isFinite(rise))
          steepest = Math.max(steepest, rise / run)
      }
      for (const kink of entry.kinks?.(y) ?? []) {
        const run = 1e-9 * Math.max(1, Math.abs(kink))
        steepest = Math.max(
          steepest,
          (loss.gradient(kink + run, y) - loss.gradient(kink - run, y)) / (2 * run),
        )
      }
    }
    if (loss.smoothness === Infinity) {
      expect(Math.max(largest, steepest)).toBeGreaterThan(1e6)
    } else {
      expect(largest).toBeLessThanOrEqual(loss.smoothness * (1 + 8 * EPSILON))
      expect(steepest).toBeLessThanOrEqual(loss.smoothness * (1 + 1e-6))
      expect(largest).toBeGreaterThanOrEqual(loss.smoothness * (1 - 2e-4))
    }
  })

  test('Lipschitz: the slope is never larger, and comes near; Infinity where it has no bound', () => {
    let largest = 0
    for (const y of targets)
      for (const eta of grid(entry, y)) largest = Math.max(largest, Math.abs(loss.gradient(eta, y)))
    if (loss.lipschitz === Infinity) expect(largest).toBeGreaterThan(1e100)
    else {
      expect(largest).toBeLessThanOrEqual(loss.lipschitz * (1 + 8 * EPSILON))
      expect(largest).toBeGreaterThanOrEqual(loss.lipschitz * (1 - 2e-4))
    }
  })

  test('differentiability: what jumps at the kinks, and nothing else does', () => {
    const orders = ['value', 'gradient', 'hessian'] as const
    // A jump stays as the distance shrinks; the change of something continuous goes to 0.
    const jumps = (f: (typeof orders)[number], at: number, y: number) => {
      const unit = Math.max(1, Math.abs(at))
      const change = (h: number) => Math.abs(loss[f](at + h * unit, y) - loss[f](at - h * unit, y))
      return change(1e-9) > 1e-5 * (1 + Math.abs(loss[f](at, y))) && change(1e-9) > 0.5 * change(1e-6)
    }
    const steps: string[] = []
    let first = Infinity
    for (const y of targets) {
      const kinks = entry.kinks?.(y) ?? []
      for (const at of kinks) {
        const order = orders.findIndex((f) => jumps(f, at, y))
        if (order >= 0) first = Math.min(first, order)
      }
      // Elsewhere each derivative is the integral of the next one, and the second does not leap.
      const [from, to] = loss.domain ? [loss.domain[0] + 0.01, loss.domain[1] - 0.01] : [-Infinity, Infinity]
      const width = loss.domain ? 1e-4 : 1e-3
      for (const center of new Set([0, y])) {
        for (let k = -5000; k < 5000; k++) {
          const [a, b] = [center + k * width, center + (k + 1) * width]
          if (
            a < from ||
            b > to ||
            kinks.some((kink) => kink >= a - 1e-9 * (1 + Math.abs(a)) && kink <= b + 1e-9 * (1 + Math.abs(b)))
          )
            continue
          const bends = [loss.hessian(a, y), loss.hessian(b, y)]
          const size = 1 + Math.abs(bends[0]) + Math.abs(bends[1])
          const trapezoid = (f: 'value' | 'gradient', df: 'gradient' | 'hessian') => {
            const [fa, fb] = [loss[f](a, y), loss[f](b, y)]
            const rounding = 64 * EPSILON * (Math.abs(fa) + Math.abs(fb))
            return (
              Math.abs(fb - fa - ((b - a) * (loss[df](a, y) + loss[df](b, y))) / 2) > 1e-6 * size + rounding
            )
          }
          if (trapezoid('value', 'gradient')) steps.push(`value at ${a}, ${y}`)
          if (trapezoid('gradient', 'hessian')) steps.push(`gradient at ${a}, ${y}`)
          if (Math.abs(bends[1] - bends[0]) > 0.05 * size) steps.push(`hessian at ${a}, ${y}`)
        }
      }
    }
    expect(steps).toEqual([])
    // The first derivative that jumps is one above those that are continuous.
    expect(first - 1).toBe(loss.differentiability)
  })

  if (loss.conjugate)
    test('Fenchel–Young: ℓ(η, y) + ℓ*(u, y) ≥ uη, with equality at the gradient', () => {
      fc.assert(
        fc.property(moderate(entry), moderate(entry), target, (eta, other, y) => {
          const value = loss.value(eta, y)
          const slack = (u: number) => {
            const dual = loss.conjugate!(u, y)
            const size = Math.abs(value) + Math.abs(u * eta) + (Number.isFinite(dual) ? Math.abs(dual) : 0)
            return {
              gap: value + dual - u * eta,
              rounding: 32 * EPSILON * (1 + size) * Math.max(1, Math.abs(eta), Math.abs(y)),
            }
          }
          const at = slack(loss.gradient(eta, y))
          expect(Math.abs(at.gap), `at the gradient of ${eta}, ${y}`).toBeLessThanOrEqual(at.rounding)
          const elsewhere = slack(loss.gradient(other, y))
          expect(elsewhere.gap, `at the gradient of ${other}, for ${eta}, ${y}`).toBeGreaterThanOrEqual(
            -elsewhere.rounding,
          )
          expect(slack(other).gap).toBeGreaterThanOrEqual(-slack(other).rounding)
        }),
        { numRuns: 500, seed: 2 },
      )
    })

  if (loss.calibrated !== null)
    test('calibrated: the expected loss is least on the side of the likelier class, and only there', () => {
      const [negative, positive] = [Math.min(...targets), Math.max(...targets)]
      const middle = loss.domain ? 0.5 : 0
      const etas = grid(entry, 0).filter((eta) => Math.abs(eta) <= 40)
      let always = true
      for (const share of [0.02, 0.1, 0.3, 0.45, 0.55, 0.7, 0.9, 0.98]) {
        const risk = (eta: number) =>
          share * loss.value(eta, positive) + (1 - share) * loss.value(eta, negative)
        const wrong = etas.filter((eta) => (eta - middle) * (share - 0.5) <= 0)
        const lowest = (among: number[]) => Math.min(...among.map(risk))
        if (!(lowest(wrong) > lowest(etas) * (1 + 1e-9))) always = false
      }
      expect(always).toBe(loss.calibrated)
    })

  if (loss.calibrated !== null && loss.link !== 'sign')
    test('the link gives the probability where the expected loss is least, if it is proper', () => {
      const [negative, positive] = [Math.min(...targets), Math.max(...targets)]
      const links: Record<string, (eta: number) => number> = {
        identity: (eta) => eta,
        logit: core.sigmoid,
        'half-logit': (eta) => core.sigmoid(2 * eta),
        clipped: (eta) => (1 + Math.max(-1, Math.min(1, eta))) / 2,
      }
      const off = [0.1, 0.3, 0.55, 0.8].map((share) => {
        // The expected slope changes its sign once, between the ends.
        const slope = (eta: number) =>
          share * loss.gradient(eta, positive) + (1 - share) * loss.gradient(eta, negative)
        let [a, b] = loss.domain ?? [-20, 20]
        const etas = grid(entry, 0).filter((eta) => eta > a && eta < b)
        const risk = (eta: number) =>
          share * loss.value(eta, positive) + (1 - share) * loss.value(eta, negative)
        const best = etas.reduce((x, y) => (risk(y) < risk(x) ? y : x))
        ;[a, b] = loss.domain ? [best * 0.9, best + (1 - best) * 0.1] : [best - 0.1, best + 0.1]
        for (let i = 0; i < 100; i++) {
          const half = (a + b) / 2
          if (slope(half) < 0) a = half
          else b = half
        }
        return Math.abs(links[loss.link](a) - share)
      })
      const worst = Math.max(...off)
      if (entry.proper) expect(worst).toBeLessThan(1e-9)
      else expect(worst).toBeGreaterThan(1e-3)
    })
})
