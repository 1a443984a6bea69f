// Convexity made visible: how far down and up the curvature of a loss goes, and where.
import type { Declared, ScalarLoss } from './loss.ts'

export interface CurvatureOptions {
  /** The targets to look at. Default: those of 0, 1, −1 and ½ that the loss is defined for. */
  readonly targets?: ArrayLike<number>
}

export interface CurvatureExtreme {
  /** ∂²ℓ/∂η² there. */
  readonly curvature: number
  /** ±Infinity where it is only approached, or not met within 40 of 0 and of the target. */
  readonly eta: number
  readonly target: number
}

export interface CurvatureBounds {
  readonly smallest: CurvatureExtreme
  readonly largest: CurvatureExtreme
}

/**
 * The smallest and the largest ∂²ℓ/∂η² over η and the targets, and where they are: a loss is convex in η if the
 * smallest is ≥ 0.
 *
 * Found by a scan (a step of 1/64 to ±40 around 0 and y, powers of 2 from there both ways, the limits ±Infinity) and
 * a golden-section search around its best point: right for curvatures whose extremes are wider than that step, to 8
 * digits of η and all digits of the curvature. It is ∂²ℓ/∂η² where there is one: a slope that jumps has no curvature
 * at its kink, and a loss made of straight pieces the curvature 0.
 *
 * @throws TypeError if the loss has no `hessian`, or K inputs; RangeError if it is not defined for a target, or none is given
 */
export function curvatureBounds(
  loss: ScalarLoss & Partial<Declared>,
  { targets }: CurvatureOptions = {},
): CurvatureBounds {
  if (typeof loss.hessian !== 'function' || 'target' in loss) {
    throw new TypeError(`curvatureBounds: expected a loss of one input with a hessian, got ${loss.name}`)
  }
  const holds = (y: number) => loss.targets === undefined || loss.targets.holds(y)
  const labels = targets ? Array.from(targets) : [0, 1, -1, 0.5].filter(holds)
  const wrong = labels.find((y) => !holds(y))
  if (wrong !== undefined)
    throw new RangeError(`curvatureBounds: expected targets ${loss.targets!.what}, got ${wrong}`)
  if (labels.length === 0) throw new RangeError('curvatureBounds: expected at least 1 target, got 0')
  const [largest, smallest] = [1, -1].map((sign) => {
    const found = labels.map((y) =>
      extreme((eta) => sign * loss.hessian(eta, y), y, loss.domain ?? [-Infinity, Infinity]),
    )
    const best = found.reduce((a, b) => (b.curvature > a.curvature ? b : a))
    // 0, not −0.
    return { ...best, curvature: sign * best.curvature + 0 }
  })
  return { smallest, largest }
}

/** Where f is largest, as far as that can be told. */
function extreme(
  f: (eta: number) => number,
  target: number,
  [from, to]: readonly [number, number],
): CurvatureExtreme {
  const best = { eta: Number.NaN, value: -Infinity }
  const look = (eta: number) => {
    if (!(eta >= from && eta <= to)) return
    const value = f(eta)
    // By more than rounding.
    if (!(value - best.value > 4 * Number.EPSILON * Math.abs(value))) return
    best.eta = eta
    best.value = value
  }
  for (const eta of scan(target, from, to)) look(eta)
  // Golden section between this point and those of the scan around it.
  const far = Math.min(Math.abs(best.eta), Math.abs(best.eta - target))
  const step = Number.isFinite(to - from)
    ? (to - from) / 1024
    : far > 40
      ? far / 2
      : Math.min(1 / 64, far / 2)
  let [a, b] = [Math.max(from, best.eta - step), Math.min(to, best.eta + step)]
  for (let i = 0; i < 60; i++) {
    const part = (b - a) * 0.3819660112501051
    if (f(a + part) < f(b - part)) a += part
    else b -= part
  }
  look((a + b) / 2)
  // Where only the limit is as good as the best, far out, it is the limit that is meant.
  for (const limit of [from, to]) {
    const value = Number.isFinite(limit) ? Number.NaN : f(limit)
    if (far > 40 ? value >= best.value : value > best.value) return { curvature: value, eta: limit, target }
  }
  return { curvature: best.value, eta: best.eta, target }
}

/** Where to look: 0 and y first, so that they win where others are as good. */
function scan(target: number, from: number, to: number): number[] {
  const etas = [0, target]
  for (const center of [0, target]) {
    for (let k = -2560; k <= 2560; k++) etas.push(center + k / 64)
    for (let k = -64; k < 1024; k++) etas.push(center + 2 ** k, center - 2 ** k)
  }
  if (!Number.isFinite(to - from)) return etas
  for (let k = 0; k < 64; k++) etas.push(from + (to - from) * 2 ** -k, to - (to - from) * 2 ** -k)
  for (let k = 1; k < 1024; k++) etas.push(from + ((to - from) * k) / 1024)
  return etas
}
