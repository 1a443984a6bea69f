// From where the solvers ended to what is reported, with everything measured there and nothing believed.
import type { Penalty } from '@logodds/optim'
import { dualValue, recentre } from './certificate.ts'
import type { ObjectiveQuery, SharedObjective } from './objective.ts'

/** A problem whose solver has ended. */
export interface Ended {
  /** Where the solver ended, in standardised coordinates. */
  readonly at: Float64Array
  /** Distance from optimality there, as the solver says. */
  readonly claimed: number
  readonly penalty: Penalty | undefined
  /** Index of the first intercept; the number of coordinates if there is none. */
  readonly intercepts: number
  /** Whether every feature is penalised, so that a dual point exists. */
  readonly bounded: boolean
  settle?(at: Float64Array, penalty: Penalty | undefined): void
}

/** A problem at the point that is reported. */
export interface Certified {
  readonly at: Float64Array
  readonly gradientNorm: number
  readonly dualityGap: number | null
}

/**
 * Re-centres the intercepts of penalised problems, measures gradient and gap there, and reports that point. All problems share the
 * passes: one; one more if a solver's last question was not about its result; and one more if re-centring moved a converged point
 * across the tolerance, in which case the solver's own point is reported, with its own measure.
 */
export function certify(objective: SharedObjective, ended: readonly Ended[], tolerance: number): Certified[] {
  const { oracle, problems } = objective
  const values = new Float64Array(ended.length)
  const ask = (queries: (ObjectiveQuery | null)[]) => {
    if (queries.some(Boolean)) oracle(queries, values)
  }
  const settled = ended.map(({ at, penalty, settle }) => {
    const copy = at.slice()
    settle?.(copy, penalty)
    return copy
  })

  ask(ended.map(({ at }, k) => (at.some((v, j) => v !== problems[k].at[j]) ? { ask: 'value', at } : null)))
  const points = ended.map(({ penalty, intercepts }, k) => {
    const at = settled[k].slice()
    if (penalty && intercepts < at.length)
      recentre(problems[k]).forEach((shift, i) => {
        at[intercepts + i] += shift
      })
    return at
  })
  const gradients = points.map(({ length }) => new Float64Array(length))
  const gradientQueries = points.map((at, k) => ({ ask: 'gradient' as const, at, gradient: gradients[k] }))
  const norm = (k: number) => ended[k].penalty?.distance(points[k], gradients[k]) ?? largest(gradients[k])
  ask(gradientQueries)
  const duals = ended.map(({ penalty, intercepts, bounded }, k) =>
    penalty && bounded
      ? dualValue(problems[k], gradients[k], penalty, largest(gradients[k].subarray(intercepts)))
      : null,
  )
  const worse = ended.map(({ claimed }, k) => norm(k) > tolerance && claimed <= tolerance)
  worse.forEach((is, k) => {
    if (is) points[k].set(settled[k])
  })
  ask(gradientQueries.map((query, k) => (worse[k] ? query : null)))

  return ended.map(({ penalty }, k) => {
    const dual = duals[k]
    const at = points[k]
    return {
      at,
      gradientNorm: norm(k),
      dualityGap: dual === null ? null : Math.max(0, values[k] + (penalty?.value(at) ?? 0) - dual),
    }
  })
}

const largest = (array: Float64Array) => array.reduce((a, b) => Math.max(a, Math.abs(b)), 0)
