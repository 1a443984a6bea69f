// What a fit has to know of a loss, from what the loss declares, or from a look at it.
import { demand } from './demand.ts'
import type { LinearLoss } from './linear-options.ts'

// Points at which a loss that declares nothing is looked at.
const PROBES = [-1e6, -7, -0.9, 0.1, 3, 1e6]

/** @throws RangeError unless it is a loss of one raw input, any number, that has derivatives. */
export function isUsable(caller: string, loss: LinearLoss): void {
  const { name, value, gradient, hessian, domain } = Object(loss) as Partial<LinearLoss>
  const has = (of: unknown) => typeof of === 'function'
  demand(has(value), caller, 'a loss such as squared', typeof loss === 'object' ? 'an object' : typeof loss)
  demand(
    has(gradient) && has(hessian),
    caller,
    'a loss with a gradient and a hessian',
    `${name}, which is for measuring`,
  )
  demand(!('target' in loss), caller, 'a loss of one raw input (for classes: fitSoftmax)', name)
  demand(!domain, caller, 'a loss of any raw input', `${name}, which takes ${domain?.join(' to ')}`)
}

/** Whether the slope of a convex loss jumps. */
export const hasKinks = (loss: LinearLoss): boolean =>
  loss.differentiability === undefined
    ? loss.smoothness === Infinity && PROBES.every((eta) => loss.hessian(eta, 1) === 0)
    : loss.differentiability < 1

/** Whether the curvature is the same everywhere, as that of the squared loss. */
export const isQuadratic = (loss: LinearLoss): boolean =>
  PROBES.every((eta) => loss.hessian(eta, 1) === loss.smoothness)

/**
 * Whether every row that has weight is on the right side of 0, while the loss goes on falling there for ever: then so does the objective along this
 * direction, and there is no minimum. Losses that are flat from some margin on, as the hinge, have one.
 */
export function neverAttained(
  loss: LinearLoss,
  y: Float64Array,
  weights: Float64Array,
  offset: Float64Array | undefined,
  eta: Float64Array,
): boolean {
  if (typeof loss.calibrated !== 'boolean') return false
  return weights.every((s, i) => {
    if (s === 0) return true
    // Labels are 0 and 1, or −1 and +1.
    const side = y[i] > 0 ? 1 : -1
    return (
      y[i] % 1 === 0 &&
      side * (eta[i] - (offset ? offset[i] : 0)) > 0 &&
      loss.gradient(100 * side, y[i]) !== 0
    )
  })
}
