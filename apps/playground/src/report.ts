// What is said in words and numbers: the equation, where the solver stands, and how it ended.
import { byId, showNumber } from './element.ts'
import { type Pair, spoken } from './pair.ts'
import type { StepReport, Verdict } from './protocol.ts'
import { superscript } from './scale.ts'

const HEADINGS = {
  converged: 'Converged.',
  separated: 'Separated.',
  stopped: 'Stopped.',
  'iteration-limit': 'Not there yet.',
  'time-limit': 'Not there yet.',
  'line-search-failed': 'Stuck.',
  'non-finite': 'Out of range.',
}

export interface Report {
  /** A sentence about what can be done, while nothing has ended. */
  state(heading: string, message: string): void
  step(pair: Pair, step: StepReport): void
  verdict(pair: Pair, verdict: Verdict): void
  failure(message: string): void
}

export function report(): Report {
  const verdict = byId('verdict', HTMLElement)
  const state = byId('state', HTMLElement)
  const message = byId('message', HTMLElement)
  const announcement = byId('announcement', HTMLElement)
  const equation = byId('equation', HTMLElement)
  const wrong = byId('wrong', HTMLElement)
  const [iteration, loss, gradient, gap] = ['iteration', 'loss', 'gradient', 'gap'].map((id) =>
    byId(id, HTMLDataElement),
  )

  const say = (kind: string, heading: string, text: string) => {
    verdict.dataset.state = kind
    state.textContent = heading
    message.textContent = text
  }
  const place = (pair: Pair, coefficients: readonly number[], intercept: number) => {
    const number = (value: number) => {
      const element = document.createElement('data')
      showNumber(element, value, decimal(Math.abs(value)))
      return element
    }
    const sign = (value: number) => (value < 0 ? '−' : '+')
    equation.replaceChildren(
      `log-odds of ${pair.species[1]} = ${intercept < 0 ? '−' : ''}`,
      number(intercept),
      ...coefficients.flatMap((w, j) => [` ${sign(w)} `, number(w), ` · ${spoken(pair.features[j])}`]),
    )
    wrong.textContent = `${misplaced(pair, coefficients, intercept)} of ${pair.labels.length}`
  }

  return {
    state(heading, text) {
      say('waiting', heading, text)
      announcement.textContent = ''
    },
    step(pair, step) {
      showNumber(iteration, step.iteration, String(step.iteration))
      showNumber(loss, step.value, step.value.toPrecision(6))
      showNumber(gradient, step.optimality, scientific(step.optimality))
      showNumber(gap, null, 'at the end')
      place(pair, step.coefficients, step.intercept)
    },
    verdict(pair, { coefficients, intercept, record }) {
      const heading = HEADINGS[record.status]
      const text = record.message.replace(/^Converged: /, 'Measured: ')
      say(record.status, heading, text)
      announcement.textContent = `${heading} ${text}`
      showNumber(iteration, record.iterations, String(record.iterations))
      showNumber(gradient, record.gradientNorm, scientific(record.gradientNorm))
      showNumber(
        gap,
        record.dualityGap,
        record.dualityGap === null ? 'needs λ > 0' : scientific(record.dualityGap),
      )
      place(pair, coefficients, intercept)
    },
    failure(text) {
      say('failed', 'Failed.', text)
      announcement.textContent = `Failed. ${text}`
    },
  }
}

// Rows whose class has a probability below ½; on the line itself the positive class wins.
function misplaced({ X, labels, species }: Pair, w: readonly number[], intercept: number): number {
  return labels.filter((label, i) => {
    const eta = intercept + w[0] * X.data[2 * i] + w[1] * X.data[2 * i + 1]
    return label !== species[eta >= 0 ? 1 : 0]
  }).length
}

const decimal = (value: number): string => (value === 0 ? '0' : value.toPrecision(4))

const scientific = (value: number): string => {
  if (value === 0) return '0'
  const [digits, exponent] = value.toExponential(1).split('e')
  return `${digits} × 10${superscript(Number(exponent))}`
}
