// Who runs on which problem, with which options.

import type { Query, Solver } from '@logodds/optim'
import * as optim from '@logodds/optim'
import type { Problem } from './problems.ts'

export interface Contestant {
  /** The export of optim that made it. */
  readonly solver: string
  /** As it is written in the table. */
  readonly label: string
  /** The panel it is drawn in. */
  readonly family: 'curvature' | 'gradients' | 'rows' | 'penalty' | 'kinks'
  make(problem: Problem): Solver<Query>
}

/** Every epoch is measured, for the drawing. */
const byRows = ({ rows }: Problem, batchSize: number) => ({
  rows,
  batchSize,
  maxIterations: 10_000,
  tolerance: 1e-12,
})
const long = { maxIterations: 100_000, tolerance: 1e-12 }

const smooth: Contestant[] = [
  { solver: 'newton', label: 'newton()', family: 'curvature', make: () => optim.newton(long) },
  { solver: 'newtonCg', label: 'newtonCg()', family: 'curvature', make: () => optim.newtonCg(long) },
  { solver: 'trustRegion', label: 'trustRegion()', family: 'curvature', make: () => optim.trustRegion(long) },
  { solver: 'bfgs', label: 'bfgs()', family: 'curvature', make: () => optim.bfgs(long) },
  { solver: 'lbfgs', label: 'lbfgs()', family: 'curvature', make: () => optim.lbfgs(long) },
  {
    solver: 'gradientDescent',
    label: 'gradientDescent({ step: 1/L })',
    family: 'gradients',
    make: ({ smoothness }) => optim.gradientDescent({ ...long, step: 1 / smoothness }),
  },
  {
    solver: 'gradientDescent',
    label: 'gradientDescent()',
    family: 'gradients',
    make: () => optim.gradientDescent(long),
  },
  {
    solver: 'gradientDescent',
    label: "gradientDescent({ step: 'barzilai-borwein' })",
    family: 'gradients',
    make: () => optim.gradientDescent({ ...long, step: 'barzilai-borwein' }),
  },
  { solver: 'momentum', label: 'momentum()', family: 'gradients', make: () => optim.momentum(long) },
  { solver: 'nesterov', label: 'nesterov()', family: 'gradients', make: () => optim.nesterov(long) },
  {
    solver: 'sgd',
    label: 'sgd({ step: 1/L₁ })',
    family: 'rows',
    make: (p) => optim.sgd({ ...byRows(p, 1), step: 1 / p.worst }),
  },
  {
    solver: 'sgd',
    label: 'sgd({ step: 5/L₁, averageAfter: 5 })',
    family: 'rows',
    make: (p) => optim.sgd({ ...byRows(p, 1), step: 5 / p.worst, averageAfter: 5 }),
  },
  {
    solver: 'adagrad',
    label: 'adagrad({ step: 0.5 })',
    family: 'rows',
    make: (p) => optim.adagrad({ ...byRows(p, 8), step: 0.5 }),
  },
  { solver: 'rmsprop', label: 'rmsprop()', family: 'rows', make: (p) => optim.rmsprop(byRows(p, 8)) },
  {
    solver: 'adam',
    label: 'adam({ step: 0.05 })',
    family: 'rows',
    make: (p) => optim.adam({ ...byRows(p, 8), step: 0.05 }),
  },
  {
    solver: 'saga',
    label: 'saga({ smoothness: L₁ })',
    family: 'rows',
    make: (p) => optim.saga({ ...byRows(p, 1), smoothness: p.worst }),
  },
  {
    solver: 'saga',
    label: 'saga({ step: 3/L₁ })',
    family: 'rows',
    make: (p) => optim.saga({ ...byRows(p, 1), step: 3 / p.worst }),
  },
  {
    solver: 'svrg',
    label: 'svrg({ smoothness: L₁ })',
    family: 'rows',
    make: (p) => optim.svrg({ ...byRows(p, 1), smoothness: p.worst }),
  },
]

const prox: Contestant[] = [
  {
    solver: 'fista',
    label: 'fista({ penalty })',
    family: 'penalty',
    make: (p) => optim.fista({ ...long, penalty: p.penalty }),
  },
  {
    solver: 'fista',
    label: 'fista({ penalty, step: 1/L })',
    family: 'penalty',
    make: (p) => optim.fista({ ...long, penalty: p.penalty, step: 1 / p.smoothness }),
  },
  {
    solver: 'proximalGradient',
    label: 'proximalGradient({ penalty })',
    family: 'penalty',
    make: (p) => optim.proximalGradient({ ...long, penalty: p.penalty! }),
  },
  {
    solver: 'proximalNewton',
    label: 'proximalNewton({ penalty })',
    family: 'penalty',
    make: (p) => optim.proximalNewton({ ...long, penalty: p.penalty! }),
  },
  {
    solver: 'saga',
    label: 'saga({ penalty, smoothness: L₁ })',
    family: 'penalty',
    make: (p) => optim.saga({ ...byRows(p, 1), penalty: p.penalty, smoothness: p.worst }),
  },
  {
    solver: 'saga',
    label: 'saga({ penalty, step: 3/L₁ })',
    family: 'penalty',
    make: (p) => optim.saga({ ...byRows(p, 1), penalty: p.penalty, step: 3 / p.worst }),
  },
  {
    solver: 'svrg',
    label: 'svrg({ penalty, smoothness: L₁ })',
    family: 'penalty',
    make: (p) => optim.svrg({ ...byRows(p, 1), penalty: p.penalty, smoothness: p.worst }),
  },
]

const composite: Contestant[] = [
  ...prox,
  {
    solver: 'owlqn',
    label: 'owlqn({ penalty })',
    family: 'penalty',
    make: ({ penalty }) => {
      if (!penalty || !('strengths' in penalty)) throw new Error('owlqn: a penalty with a kink at 0')
      return optim.owlqn({ ...long, penalty })
    },
  },
]

const bounded: Contestant[] = [
  ...prox.filter(({ label }) => !label.includes('smoothness')),
  {
    solver: 'projectedGradient',
    label: 'projectedGradient({ penalty })',
    family: 'penalty',
    make: ({ penalty }) => {
      if (!penalty || !('constraint' in penalty)) throw new Error('projectedGradient: a constraint')
      return optim.projectedGradient({ ...long, penalty })
    },
  },
]

const kinked: Contestant[] = [
  {
    solver: 'subgradient',
    label: 'subgradient()',
    family: 'kinks',
    make: () => optim.subgradient(long),
  },
  {
    solver: 'subgradient',
    label: 'subgradient({ optimum: f* })',
    family: 'kinks',
    make: ({ minimum }) => optim.subgradient({ ...long, optimum: minimum }),
  },
  {
    solver: 'sgd',
    label: 'sgd({ step: k ↦ 100/(k + 1000) })',
    family: 'kinks',
    make: (p) => optim.sgd({ ...byRows(p, 1), step: (k) => 100 / (k + 1000) }),
  },
  {
    solver: 'adam',
    label: 'adam({ step: k ↦ 0.1/√(k + 1) })',
    family: 'kinks',
    make: (p) => optim.adam({ ...byRows(p, 8), step: (k) => 0.1 / Math.sqrt(k + 1) }),
  },
  {
    solver: 'dualCoordinateDescent',
    label: 'dualCoordinateDescent()',
    family: 'kinks',
    make: () => optim.dualCoordinateDescent({ maxIterations: 10_000 }),
  },
]

/** By the kind of the problem. */
export const contestants = { smooth, composite, bounded, kinked }
