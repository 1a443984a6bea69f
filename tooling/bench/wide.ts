// T4: ten times as many columns as rows, ridge-penalised, C = 1, without an intercept and with one.
import { ours, sklearn } from './fit-sides.ts'
import type { FitTask, Side } from './fit-task.ts'
import { type Shape, writeLabelled } from './labelled-data.ts'
import { labelledProblem } from './labelled-objective.ts'
import { seeded } from './seeded.ts'

/** n × p independent standard-normal columns; labels of a model whose log-odds have standard deviation 2, and mean −½ with an intercept. */
function makeWide(folder: string, rows: number, columns: number, intercept: boolean): void {
  const random = seeded(4)
  const values = new Float64Array(rows * columns)
  for (let q = 0; q < values.length; q++) values[q] = random.normal()
  const w = Float64Array.from({ length: columns }, () => (2 * random.normal()) / Math.sqrt(columns))
  const y = Uint8Array.from({ length: rows }, (_, i) => {
    let eta = intercept ? -0.5 : 0
    for (let j = 0; j < columns; j++) eta += w[j]! * values[i * columns + j]!
    return +(random.uniform() < 1 / (1 + Math.exp(-eta)))
  })
  const shape: Shape = { rows, columns, sparse: false, C: 1, intercept }
  writeLabelled(folder, { shape, values, y })
}

// A visit of all rows more or less is a seventh of the time, and a fifth to a tenth of the error.
const finer = (side: Side): Side => ({
  ...side,
  settings: side.settings.flatMap((setting) => [setting, setting / 2, setting / 5]),
})

/**
 * The tasks with the number of rows divided by `smaller`, for trying them out. Liblinear penalises its intercept, which is a column of ones: with
 * one it minimises something else, and only scikit-learn's L-BFGS is a peer.
 */
export const wideTasks = (smaller = 1): FitTask[] =>
  [false, true].map((intercept) => ({
    id: intercept ? 'T4 with an intercept' : 'T4',
    title: `wide, 2 000 × 20 000, ${intercept ? 'with' : 'without'} an intercept`,
    data: intercept ? 'wide-intercept' : 'wide',
    make: (folder) => makeWide(folder, 2000 / smaller, 20_000 / smaller, intercept),
    problem: labelledProblem,
    sides: [
      ours('logodds', 'kernels', true),
      ours('logodds, X copied in each fit', 'copied'),
      ours('logodds, linear alone', 'linear'),
      ...(intercept ? [] : [sklearn.liblinearDual]),
      sklearn.lbfgs,
    ].map(finer),
    targets: [1e-6, 1e-10],
    threads: [1, 2],
    rounds: 5,
    patience: 30,
    required: [1.5, 1.5],
    goals: [4, 6],
  }))
