// Folded concave penalties (Fan & Li, J. Am. Stat. Assoc. 96 (2001), 1348–1360): like ℓ1 at zero, flat far out, so that large
// coefficients are not shrunk. Not convex.
import { expect } from './limits.ts'
import type { Penalty } from './penalty.ts'

/** p(w) for w ≥ 0: its slope is λ up to `straight`, falls from there by w/concavity, and is 0 where it gets there. */
interface Fold {
  readonly name: string
  readonly lambda: number
  readonly straight: number
  readonly concavity: number
}

/** Σⱼ weightⱼ p(|wⱼ| / scaleⱼ). @throws RangeError naming the penalty if a number is out of range. */
export function folded(fold: Fold, given?: ArrayLike<number>, scale?: Float64Array): Penalty {
  const { name, lambda, straight, concavity } = fold
  const weights = given && Float64Array.from(given)
  expect(lambda >= 0 && lambda < Infinity, name, 'lambda >= 0', lambda)
  weights?.forEach((weight, j) => {
    expect(weight >= 0 && weight < Infinity, name, `weights[${j}] >= 0`, weight)
  })
  scale?.forEach((factor, j) => {
    expect(factor > 0 && factor < Infinity, name, `scale[${j}] > 0`, factor)
  })
  const check = (size: number) => {
    const own = weights?.length ?? size
    expect(size === own, name, `${own} coordinates (one per weight)`, size)
  }
  const weightAt = (j: number) => (weights ? weights[j]! : 1)
  const unit = (j: number) => (scale ? scale[j]! : 1)
  let stepLimit = weights ? Infinity : concavity * unit(0) ** 2
  weights?.forEach((weight, j) => {
    stepLimit = Math.min(stepLimit, (concavity * unit(j) ** 2) / weight)
  })

  const flat = straight + concavity * lambda
  const height = (w: number) => {
    const reached = Math.min(w, flat)
    return lambda * reached - Math.max(0, reached - straight) ** 2 / (2 * concavity)
  }
  const slope = (w: number) => Math.max(0, lambda - Math.max(0, w - straight) / concavity)
  // argmin_w ½(w − v)² + step p(w), v ≥ 0.
  const shrink = (v: number, step: number) => {
    const soft = Math.max(0, v - step * lambda)
    if (step < concavity) {
      if (v >= flat) return v
      return soft <= straight ? soft : (v - step * (lambda + straight / concavity)) / (1 - step / concavity)
    }
    // Concave between: the minimum is on one side or on the other.
    const near = Math.min(soft, straight)
    const far = Math.max(v, flat)
    const cost = (w: number) => (w - v) ** 2 / 2 + step * height(w)
    return cost(far) < cost(near) ? far : near
  }
  const proxBlock = (j: number, v: Float64Array, step: number) => {
    const own = unit(j)
    v[j] = Math.sign(v[j]!) * own * shrink(Math.abs(v[j]!) / own, (step * weightAt(j)) / own ** 2)
  }
  return {
    name,
    lambda,
    alpha: null,
    weights,
    stepLimit,
    value(w) {
      check(w.length)
      return w.reduce((sum, v, j) => sum + weightAt(j) * height(Math.abs(v) / unit(j)), 0)
    },
    prox(v, step, out) {
      check(v.length)
      expect(step < stepLimit, name, `step < ${stepLimit} (its prox jumps there)`, step)
      out.set(v)
      for (let j = 0; j < v.length; j++) proxBlock(j, out, step)
    },
    proxBlock,
    distance(w, gradient) {
      check(w.length)
      return w.reduce((max, v, j) => {
        const pull = (weightAt(j) / unit(j)) * slope(Math.abs(v) / unit(j))
        const gap = v
          ? Math.abs(gradient[j]! + pull * Math.sign(v))
          : Math.max(0, Math.abs(gradient[j]!) - pull)
        return Math.max(max, gap)
      }, 0)
    },
    // It is bounded, so that no slope but 0 stays below it.
    dualScale(u) {
      check(u.length)
      return Number(u.every((v, j) => !v || !weightAt(j)))
    },
    conjugate(u, c) {
      check(u.length)
      return u.every((v, j) => !(c * v) || !weightAt(j)) ? 0 : Infinity
    },
    inCoordinates(others, factors) {
      expect(factors.length === others.length, name, `scale.length ${others.length}`, factors.length)
      return folded(
        fold,
        others,
        factors.map((factor, j) => factor * unit(j)),
      )
    },
  }
}
