// What the page is compared with: `fitLogistic` of the package, run here.
import { type FitStep, fitLogistic, type Model } from '@logodds/linear'
import { l2 } from '@logodds/optim'
import { type Choice, pairOf } from '../src/pair.ts'
import { type SolverName, solverChoice } from '../src/solvers.ts'

export interface Problem extends Choice {
  readonly lambda: number
}

/** The default of the page. */
export const START: Problem = {
  species: ['versicolor', 'virginica'],
  features: ['petal_length', 'petal_width'],
  lambda: 0.01,
}

/** The fit by the default solver of the package, or by the one named; `onStep` sees every step. */
export function fit(
  { species, features, lambda }: Problem,
  solver?: SolverName,
  onStep?: (step: FitStep) => void,
): Model {
  const { X, labels } = pairOf({ species, features })
  return fitLogistic(X, labels, {
    positive: species[1],
    tolerance: solver ? 1e-8 : 1e-10,
    ...(lambda > 0 && { penalty: l2(lambda) }),
    ...(solver && { solver: solverChoice(solver) }),
    ...(onStep && { onStep }),
  })
}

/** Every iterate of a solver, on the scale of the data: intercept and two coefficients. */
export function iterates(problem: Problem, solver: SolverName): number[][] {
  const all: number[][] = []
  fit(problem, solver, ({ coefficients, intercepts }) => all.push([intercepts[0], ...coefficients[0]]))
  return all
}

export const placeOf = ({ intercepts, coefficients }: Model): number[] => [intercepts[0], ...coefficients[0]]

/** Σ log(1 + exp(−(2y − 1)η)) / n + λ/2 Σ (sdⱼ wⱼ)², written out: what the page minimises. */
export function lossAt({ species, features, lambda }: Problem, [b, u, v]: readonly number[]): number {
  const { X, labels } = pairOf({ species, features })
  const n = labels.length
  const column = (j: number) => Array.from({ length: n }, (_, i) => X.data[2 * i + j])
  const variance = (values: number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / n
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n
  }
  const [first, second] = [column(0), column(1)]
  const loss = labels.reduce((sum, label, i) => {
    const eta = b + u * first[i] + v * second[i]
    return sum + Math.log1p(Math.exp(label === species[1] ? -eta : eta)) / n
  }, 0)
  return loss + (lambda / 2) * (u * u * variance(first) + v * v * variance(second))
}
