// JS: what a program without typed arrays or a compiler has, an array of rows; against the libraries of the language.
import { makeNormal } from './dense-data.ts'
import type { FitTask, Side } from './fit-task.ts'
import { labelledProblem } from './labelled-objective.ts'
import { needsNpmPeer, npmPeers } from './npm-peers.ts'
import { here, ourRunner } from './programs.ts'

const settings = Array.from({ length: 8 }, (_, k) => Number(`1e${-2 - k}`))

/** Ours: as it is published, so that a whole process does not compile it; or from the sources. */
const ours = (name: string, way: string, built: boolean): Side => ({
  name,
  ours: true,
  threaded: false,
  settings,
  ...(built
    ? {
        command: [process.execPath, here('runners/rows-ours.mjs'), way],
        needs: [
          process.execPath,
          '-e',
          `require('node:fs').accessSync(${JSON.stringify(here('../../packages/kernels/dist/index.js'))})`,
        ],
      }
    : { command: ourRunner('', 'rows-ours.mjs', way).command }),
})

const peer = (
  name: string,
  file: string,
  needed: Parameters<typeof needsNpmPeer>[0],
  settings: readonly number[],
  ...more: string[]
): Side => ({
  name,
  ours: false,
  threaded: false,
  settings,
  command: [process.execPath, here(`runners/${file}`), npmPeers, ...more],
  needs: needsNpmPeer(needed),
})

const TENSORFLOW = 'TensorFlow.js, WebAssembly, `model.fit`'

/** The task with the number of rows divided by `smaller`, for trying it out. */
export const rowsTask = (smaller = 1, built = true): FitTask => ({
  id: 'JS',
  title: 'an array of rows, 20 000 × 50',
  data: 'rows',
  make: (folder) => makeNormal(folder, 9, 2e4 / smaller, 50),
  problem: labelledProblem,
  sides: [
    ours('logodds', 'kernels', built),
    ours('logodds, linear alone', 'linear', built),
    peer(TENSORFLOW, 'rows-tfjs.mjs', '@tensorflow/tfjs-backend-wasm', [120, 150, 200, 300], 'layers'),
    {
      ...peer(
        'TensorFlow.js, WebAssembly, a descent written by hand',
        'rows-tfjs.mjs',
        '@tensorflow/tfjs-backend-wasm',
        [10, 15, 20, 25, 30, 50, 100, 300],
        'core',
      ),
      byHand: true,
    },
    peer('ml-logistic-regression', 'rows-ml.mjs', 'ml-logistic-regression', [20, 30, 40, 50, 100, 200]),
    peer('scikitjs', 'rows-scikitjs.mjs', 'scikitjs', [100]),
  ],
  targets: [1e-6],
  threads: [1],
  rounds: 3,
  patience: 40,
  against: TENSORFLOW,
  required: [100],
  goals: [100],
  wholeProcess: true,
})
