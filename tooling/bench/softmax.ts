// T5: softmax regression of pictures of ten classes, with a ridge.
import { makeDigits } from './digits-data.ts'
import type { FitTask, Side } from './fit-task.ts'
import { here, ourRunner, python } from './programs.ts'
import { softmaxProblem } from './softmax-objective.ts'

const ours = (name: string, way: string): Side => ({
  ...ourRunner(name, 'softmax.ts', way),
  ours: true,
  threaded: true,
  settings: [1e-3, 3e-4, 1e-4, 7e-5, 5e-5, 3e-5, 2e-5, 1e-5],
})

const sklearn: Side = {
  name: 'scikit-learn lbfgs',
  ours: false,
  threaded: true,
  // Gradients of a sum over the rows. Each is a fit of minutes; at 3 it is 2e-4 above the minimum.
  settings: [0.3, 0.1],
  command: [python, here('runners/softmax.py')],
  needs: [python, '-c', 'import sklearn'],
}

/** The task with the number of rows divided by `smaller`, for trying it out. */
export const softmaxTask = (smaller = 1): FitTask => ({
  id: 'T5',
  title: 'softmax, 60 000 × 784 pixels, four fifths of them 0, ten classes',
  data: 'digits',
  make: (folder) => makeDigits(folder, 5, 6e4 / smaller),
  problem: softmaxProblem,
  sides: [ours('logodds', 'sparseOrDense'), ours('logodds, dense all the same', 'dense'), sklearn],
  targets: [1e-6],
  threads: [1, 2],
  rounds: 2,
  patience: 300,
  required: [],
  goals: [40, 40],
})
