// AUC and ROC curve of many scores, in turns with scikit-learn, in one process each, on the same seeded rows:
//   npx tsx --conditions=@logodds/source bench/against-scikit-learn.ts [rows…]     (default 1e6 1e7)
// The best of several turns counts; what counts of it is the ratio. Python 3 with scikit-learn has to be there as `python3`, or as the
// variable PYTHON says.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { averagePrecision, bucketSort, precisionRecallCurve, rocAuc, rocCurve } from '../src/index.ts'

const peer = `
import sys, time
import numpy as np
from sklearn import metrics
truth = np.fromfile(sys.argv[1] + "/truth", np.uint8)
scores = np.fromfile(sys.argv[1] + "/scores", np.float64)
weights = np.fromfile(sys.argv[1] + "/weights", np.float64)
calls = {
    "rocAuc": lambda: metrics.roc_auc_score(truth, scores),
    "rocAuc, weights": lambda: metrics.roc_auc_score(truth, scores, sample_weight=weights),
    "rocCurve": lambda: metrics.roc_curve(truth, scores, drop_intermediate=False)[0].size,
    "precisionRecallCurve": lambda: metrics.precision_recall_curve(truth, scores)[0].size,
    "averagePrecision": lambda: metrics.average_precision_score(truth, scores),
}
for line in sys.stdin:
    start = time.perf_counter()
    value = calls[line.strip()]()
    print(value, 1000 * (time.perf_counter() - start), flush=True)
`

/** Park and Miller's generator: uniform on (0, 1). */
function uniform(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

async function compare(rows: number, turns: number): Promise<void> {
  const random = uniform(20240229)
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
  const truth = Uint8Array.from({ length: rows }, () => (random() < 0.3 ? 1 : 0))
  const scores = Float64Array.from(truth, (y) => normal() + y)
  const weights = scores.map(() => random())
  const options = { sort: bucketSort }
  const calls: Record<string, () => number> = {
    rocAuc: () => rocAuc(truth, scores, options),
    'rocAuc, weights': () => rocAuc(truth, scores, { ...options, weights }),
    rocCurve: () => rocCurve(truth, scores, options).thresholds.length,
    precisionRecallCurve: () => precisionRecallCurve(truth, scores, options).precision.length,
    averagePrecision: () => averagePrecision(truth, scores, options),
  }

  const folder = mkdtempSync(join(tmpdir(), 'logodds-'))
  try {
    for (const [name, column] of Object.entries({ truth, scores, weights }))
      writeFileSync(join(folder, name), column)
    const python = spawn(process.env.PYTHON ?? 'python3', ['-c', peer, folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]()
    for (const [name, call] of Object.entries(calls)) {
      let [ours, theirs, value, peerValue] = [Infinity, Infinity, 0, 0]
      for (let turn = 0; turn < turns; turn++) {
        const start = performance.now()
        value = call()
        ours = Math.min(ours, performance.now() - start)
        python.stdin.write(`${name}\n`)
        const [answer, milliseconds] = String((await answers.next()).value)
          .split(' ')
          .map(Number)
        peerValue = answer
        theirs = Math.min(theirs, milliseconds)
      }
      console.log(
        `${rows} rows  ${name.padEnd(20)}  ours ${ours.toFixed(0)} ms  scikit-learn ${theirs.toFixed(0)} ms  ` +
          `ratio ${(theirs / ours).toFixed(1)}  difference ${Math.abs(value - peerValue).toExponential(0)}`,
      )
    }
    python.stdin.end()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const sizes = process.argv.slice(2).map(Number)
for (const rows of sizes.length > 0 ? sizes : [1e6, 1e7]) await compare(rows, rows > 3e6 ? 4 : 20)
