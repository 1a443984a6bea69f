// The sides of the fits of labelled data: ours, and what the peers offer for the same objective.
import type { Side } from './fit-task.ts'
import { here, ourRunner, python, rscript } from './programs.ts'

/** 10^from, 10^(from − 1), …, 10^to. */
const decades = (from: number, to: number): number[] =>
  Array.from({ length: from - to + 1 }, (_, k) => Number(`1e${from - k}`))

/** Of ours, `way` being one of runners/fit.ts. */
export const ours = (name: string, way: string, threaded = false): Side => ({
  ...ourRunner(name, 'fit.ts', way),
  ours: true,
  threaded,
  settings: decades(-2, -11),
})

const byPython = (name: string, solver: string, settings: readonly number[], module = 'sklearn'): Side => ({
  name,
  ours: false,
  threaded: true,
  settings,
  command: [python, here('runners/fit.py'), solver],
  needs: [python, '-c', `import ${module}`],
})

// Gradients of a sum over the rows.
const sums = decades(2, -6)

export const sklearn = {
  lbfgs: byPython('scikit-learn lbfgs', 'lbfgs', sums),
  newtonCholesky: byPython('scikit-learn newton-cholesky', 'newton-cholesky', sums),
  newtonCg: byPython('scikit-learn newton-cg', 'newton-cg', sums),
  liblinear: byPython('liblinear, primal', 'liblinear', decades(-1, -10)),
  liblinearDual: byPython('liblinear, dual', 'liblinear-dual', decades(-1, -10)),
}

export const statsmodels: Side = byPython('statsmodels', 'statsmodels', [1], 'statsmodels.api')

export const glmnet: Side = {
  name: 'glmnet',
  ours: false,
  threaded: false,
  settings: decades(-6, -16).filter((_, k) => k % 2 === 0),
  command: [rscript, here('runners/fit.R')],
  needs: [rscript, '-e', 'library(glmnet)'],
}
