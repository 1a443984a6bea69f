// Stepping by hand is the same fit as the one that runs through.
import { describe, expect, test } from 'vitest'
import { pairOf } from '../src/pair.ts'
import type { StepReport, Verdict } from '../src/protocol.ts'
import { openSession, type Session } from '../src/session.ts'
import type { SolverName } from '../src/solvers.ts'
import { fit, iterates, lossAt, type Problem, placeOf, START } from './reference.ts'

const solvers: SolverName[] = ['gradient-descent', 'lbfgs', 'newton']

const open = (problem: Problem, solver: SolverName): Session => {
  const { X, labels } = pairOf(problem)
  return openSession({ X, labels, positive: problem.species[1], solver, lambda: problem.lambda })
}

const place = ({ intercept, coefficients }: StepReport | Verdict) => [intercept, ...coefficients]

function toTheEnd(session: Session): { steps: StepReport[]; verdict: Verdict } {
  const steps: StepReport[] = []
  for (;;) {
    const { step, verdict } = session.advance()
    if (step) steps.push(step)
    if (verdict) return { steps, verdict }
  }
}

describe.each(solvers)('%s', (solver) => {
  test('takes the steps of fitLogistic, bit for bit, and ends where it ends', () => {
    const { steps, verdict } = toTheEnd(open(START, solver))
    expect(steps.map(place)).toEqual(iterates(START, solver))
    expect(steps.map(({ iteration }) => iteration)).toEqual(steps.map((_, k) => k))
    const model = fit(START, solver)
    expect(place(verdict)).toEqual(placeOf(model))
    const { dataHash: _, ...record } = model.fit
    expect(verdict.record).toEqual(record)
    expect(verdict.record.status).toBe('converged')
  })

  test.each([0, 1e-3, 1])('converges by the tolerance of the fit, λ = %d', (lambda) => {
    const { verdict } = toTheEnd(open({ ...START, lambda }, solver))
    expect(verdict.record.status).toBe('converged')
    expect(verdict.record.gradientNorm).toBeLessThanOrEqual(1e-8)
  })

  test('says that the classes are separated, with the step that did it', () => {
    const separable: Problem = { ...START, species: ['setosa', 'versicolor'], lambda: 0 }
    const { steps, verdict } = toTheEnd(open(separable, solver))
    expect(verdict.record.status).toBe('separated')
    expect(place(verdict)).toEqual(place(steps[steps.length - 1]))
    expect(fit(separable, solver).fit.iterations).toBe(verdict.record.iterations)
  })

  test('stopped on the way, reports where it is and how far that may be from the best', () => {
    const session = open(START, solver)
    for (let k = 0; k < 3; k++) session.advance()
    const verdict = session.stop()
    expect(verdict.record).toMatchObject({ status: 'stopped', iterations: 2 })
    const excess = lossAt(START, place(verdict)) - lossAt(START, placeOf(fit(START)))
    expect(excess).toBeGreaterThan(0)
    expect(verdict.record.dualityGap).toBeGreaterThanOrEqual(excess)
    expect(verdict.record.dualityGap).toBeLessThan(1)
  })
})

test('the value of a step is the penalised mean loss', () => {
  const session = open(START, 'lbfgs')
  for (let k = 0; k < 6; k++) {
    const { step } = session.advance()
    expect(step!.value).toBeCloseTo(lossAt(START, place(step!)), 12)
  }
})

test('can be stopped before the first step', () => {
  const { record } = open(START, 'newton').stop()
  expect(record).toMatchObject({ status: 'stopped', iterations: 0 })
})

test('refuses data that cannot be fitted', () => {
  const { X, labels } = pairOf(START)
  const request = { X, positive: 'virginica', solver: 'newton', lambda: 0 } as const
  expect(() => openSession({ ...request, labels: labels.slice(1) })).toThrow(/expected y\.length 100/)
  expect(() => openSession({ ...request, labels: labels.map(() => 'virginica') })).toThrow(/class/)
})
