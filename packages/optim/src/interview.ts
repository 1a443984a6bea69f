// Asking an oracle as a mistrustful solver would: in buffers of odd content, and in orders that catch it with old answers.
import type { Findings } from './findings.ts'
import type { Oracle } from './oracle.ts'
import type { SmoothQuery } from './penalized.ts'

export type Kind = SmoothQuery['ask']

export interface Answer {
  readonly value: number
  /** The gradient, the product or the Hessian, whichever was asked for. */
  readonly out: Float64Array
  /** That which comes with a Hessian, too. */
  readonly gradient: Float64Array
}

const names = { value: 'value', gradient: 'gradient', curvature: 'product', hessian: 'hessian' } as const

/** The answer at `at`, in new buffers that hold `held`. */
export function ask(
  oracle: Oracle<SmoothQuery>,
  kind: Kind,
  at: Float64Array,
  along: Float64Array,
  held = NaN,
): Answer {
  const p = at.length
  const gradient = new Float64Array(kind === 'gradient' || kind === 'hessian' ? p : 0).fill(held)
  const product = new Float64Array(kind === 'curvature' ? p : 0).fill(held)
  const hessian = new Float64Array(kind === 'hessian' ? p * p : 0).fill(held)
  const query = {
    value: { ask: 'value', at },
    gradient: { ask: 'gradient', at, gradient },
    curvature: { ask: 'curvature', at, along: along.slice(), product },
    hessian: { ask: 'hessian', at, gradient, hessian },
  }[kind] as SmoothQuery
  const value = oracle(query)
  return { value, gradient, out: { value: at.subarray(0, 0), gradient, product, hessian }[names[kind]] }
}

/** The answer at x if there is one; finds whether it depends on what the buffer held. */
export function probe(
  oracle: Oracle<SmoothQuery>,
  kind: Kind,
  x: Float64Array,
  along: Float64Array,
  found: Findings,
): Answer | undefined {
  let answer: Answer
  try {
    answer = ask(oracle, kind, x.slice(), along)
    const first = answer.out.findIndex(Number.isNaN)
    if (first >= 0) {
      const untouched = answer.out.every(Number.isNaN)
      answer = ask(oracle, kind, x.slice(), along, 0)
      if (untouched && answer.out.every((v) => v === 0)) throw `${names[kind]} is left as it was`
      const missing = answer.out.findIndex(Number.isNaN)
      if (missing < 0) found.fault(`entry ${first} is not written, or added to what the buffer held`)
      else found.fault(`entry ${missing} is not a number`)
    }
  } catch (error) {
    return void found.absent(`not answered: ${error}`)
  }
  if (kind === 'curvature' || Number.isFinite(answer.value)) return answer
  found.fault(`the value is ${answer.value}: choose a point where f is finite`)
}

/**
 * The answer at x from an oracle that was last asked elsewhere, in the same buffer; and again, from one that has just given the gradient
 * at x, in a buffer of its own.
 */
export function twice(
  oracle: Oracle<SmoothQuery>,
  kind: Kind,
  x: Float64Array,
  along: Float64Array,
): { here: Answer; again: Answer } {
  const buffer = x.slice()
  for (let away = 0.1; away > 1e-9; away /= 10) {
    for (let j = 0; j < x.length; j++)
      buffer[j] = x[j]! + away * Math.max(1, Math.abs(x[j]!)) * Math.cos(j + 1)
    try {
      if (!Number.isFinite(ask(oracle, 'gradient', buffer, along).value)) continue
      ask(oracle, kind, buffer, along)
      break
    } catch {
      // Outside of where f is defined: nearer.
    }
  }
  buffer.set(x)
  const here = ask(oracle, kind, buffer, along)
  const fresh = x.slice()
  ask(oracle, 'gradient', fresh, along)
  return { here, again: ask(oracle, kind, fresh, along) }
}
