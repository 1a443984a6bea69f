// T1, T2, T3 and T6: ridge-penalised logistic regression, C = 1, at several shapes of data.
import { makeIllConditioned, makeNormal } from './dense-data.ts'
import { glmnet, ours, sklearn, statsmodels } from './fit-sides.ts'
import type { FitTask } from './fit-task.ts'
import { labelledProblem } from './labelled-objective.ts'
import { ourRunner } from './programs.ts'
import { makeSparse } from './sparse-data.ts'

const common = {
  problem: labelledProblem,
  targets: [1e-6, 1e-10],
  threads: [1, 2],
  rounds: 5,
  patience: 8,
}

const pass = ourRunner('pass', 'pass.ts')

const inWasm = [
  ours('logodds', 'kernels', true),
  ours('logodds, X copied in each fit', 'copied', true),
  ours('logodds, default solver', 'default', true),
  ours('logodds, linear alone', 'linear'),
]

/** The tasks with the number of rows divided by `smaller`, for trying them out. */
export const labelledTasks = (smaller = 1): FitTask[] => [
  {
    ...common,
    id: 'T1',
    title: 'dense, 100 000 × 100',
    data: 'normal',
    make: (folder) => makeNormal(folder, 1, 1e5 / smaller, 100),
    pass,
    sides: [...inWasm, sklearn.lbfgs, sklearn.newtonCholesky, sklearn.newtonCg, statsmodels, glmnet],
    required: [3, 3],
    goals: [6, 6],
  },
  {
    ...common,
    id: 'T2',
    title: 'dense and ill-conditioned, 100 000 × 100, five factors, column scales from 1e-2 to 1e3',
    data: 'ill-conditioned',
    make: (folder) => makeIllConditioned(folder, 2, 1e5 / smaller, 100),
    pass,
    sides: [...inWasm, sklearn.newtonCholesky, sklearn.newtonCg, sklearn.lbfgs],
    required: [6, 6],
    goals: [10, 9],
  },
  {
    ...common,
    id: 'T3',
    title: 'tall, 1 000 000 × 20',
    data: 'tall',
    make: (folder) => makeNormal(folder, 3, 1e6 / smaller, 20),
    pass,
    sides: [...inWasm, sklearn.lbfgs, sklearn.newtonCholesky, sklearn.newtonCg],
    required: [3, 3],
    goals: [7, 10],
  },
  {
    ...common,
    id: 'T6',
    title: 'sparse, 200 000 × 50 000, at most 55 entries in a row, without an intercept',
    data: 'sparse',
    make: (folder) => makeSparse(folder, 6, 2e5 / smaller, Math.ceil(5e4 / smaller), 55),
    sides: [
      ours('logodds', 'kernels', true),
      ours('logodds, linear alone', 'linear'),
      sklearn.liblinear,
      sklearn.newtonCg,
      sklearn.lbfgs,
    ],
    patience: 25,
    required: [2, 2],
    goals: [5, 8],
  },
]
