// T8: the area under the ROC curve, and the curve, of very many scores.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { here, python } from './programs.ts'
import type { Runner, Task } from './task.ts'

const ours = (name: string, sort: string): Runner => ({
  name,
  command: [
    process.execPath,
    '--import',
    'tsx',
    '--conditions=@logodds/source',
    here('runners/ranking.ts'),
    sort,
  ],
})

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
  const random = xoroshiro128plus(8)
  const uniform = () => uniformFloat64(random)
  const scores = new Float64Array(rows)
  const truth = new Uint8Array(rows)
  for (let i = 0; i < rows; i++) {
    const normal = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
    scores[i] = 1 / (1 + Math.exp(-2 * normal))
    truth[i] = +(uniform() < scores[i]!)
  }
  writeFileSync(path.join(folder, 'scores.f64'), scores)
  writeFileSync(path.join(folder, 'truth.u8'), truth)
}

/** The tasks for these numbers of rows. */
export const rankingTasks = (sizes: readonly number[]): Task[] =>
  ['auc', 'roc'].flatMap((work) =>
    sizes.map((rows) => ({
      id: `T8 ${work}`,
      title: `${work === 'auc' ? 'AUC' : 'ROC curve'} of ${rows.toExponential().replace('e+', 'e')} scores`,
      work,
      data: `ranking-${rows}`,
      make: (folder: string) => make(rows, folder),
      runners,
      agreement: 1e-12,
      rounds: rows > 2e6 ? 3 : 7,
    })),
  )
