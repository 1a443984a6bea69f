// T8: the area under the ROC curve, and the curve, of very many scores.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { here, ourRunner, python } from './programs.ts'
import { seeded } from './seeded.ts'
import type { Runner, Task } from './task.ts'

const ours = (name: string, sort: string): Runner => ourRunner(name, 'ranking.ts', sort)

const runners: readonly Runner[] = [
  ours('logodds', 'default'),
  ours('logodds, `sort: bucketSort`', 'buckets'),
  ours('logodds, `sort: sortDoubles` of kernels', 'kernels'),
  {
    name: 'scikit-learn',
    command: [python, here('runners/ranking.py')],
    needs: [python, '-c', 'import sklearn'],
  },
]

/** Scores that a logistic model with log-odds of standard deviation 2 gives, and labels drawn from them. */
function make(rows: number, folder: string): void {
  const { uniform, normal } = seeded(8)
  const scores = new Float64Array(rows)
  const truth = new Uint8Array(rows)
  for (let i = 0; i < rows; i++) {
    scores[i] = 1 / (1 + Math.exp(-2 * normal()))
    truth[i] = +(uniform() < scores[i]!)
  }
  writeFileSync(path.join(folder, 'scores.f64'), scores)
  writeFileSync(path.join(folder, 'truth.u8'), truth)
}

const titles = {
  auc: 'AUC',
  roc: 'ROC curve',
  // As scikit-learn has it by default (`drop_intermediate`).
  corners: 'ROC curve without the inside of straight stretches',
}
type Work = keyof typeof titles

// At up to two million scores, and beyond.
const goals: Record<Work, readonly [number, number]> = { auc: [20, 30], roc: [10, 15], corners: [10, 15] }

/** The tasks for these numbers of rows. */
export const rankingTasks = (sizes: readonly number[]): Task[] =>
  (Object.keys(titles) as Work[]).flatMap((work) =>
    sizes.map((rows) => ({
      id: `T8 ${work}`,
      title: `${titles[work]} of ${rows.toExponential().replace('e+', 'e')} scores`,
      work,
      data: `ranking-${rows}`,
      make: (folder: string) => make(rows, folder),
      runners,
      agreement: 1e-12,
      rounds: rows > 2e6 ? 3 : 7,
      goal: goals[work][+(rows > 2e6)],
    })),
  )
