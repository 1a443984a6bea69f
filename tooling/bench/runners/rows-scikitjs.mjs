// scikitjs, of an array of rows. Arguments: the folder of the peers, the data's folder.
import { createRequire } from 'node:module'
import path from 'node:path'
import { readRows, serveFits } from './rows.mjs'

const [peers, folder] = process.argv.slice(2)
const { X, y, lambda } = readRows(folder)
const require = createRequire(path.join(peers, 'package.json'))
const tf = require('@tensorflow/tfjs')
const wasm = require('@tensorflow/tfjs-backend-wasm')
const { LogisticRegression, setBackend } = require('scikitjs')
wasm.setThreadsCount(1)
await tf.setBackend('wasm')
setBackend(tf)

// Its C is the factor of ‖W‖², W having a column for each of the two classes, where one column has λ/2; its optimizer is Adam with a rate
// of 0.1; the setting is the number of epochs.
await serveFits(folder, async (epochs) => {
  const modelFitOptions = { epochs, batchSize: y.length, callbacks: [] }
  const model = new LogisticRegression({ penalty: 'l2', C: lambda, modelFitOptions })
  await model.fit(X, y)
  const [W, b] = [await model.coef.array(), await model.intercept.array()]
  return [...W.map(([first, second]) => second - first), b[1] - b[0]]
})
