// TensorFlow.js on WebAssembly, of an array of rows. Arguments: the folder of the peers, how ('layers' or 'core'), the data's folder.
import { createRequire } from 'node:module'
import path from 'node:path'
import { readRows, serveFits } from './rows.mjs'

const [peers, how, folder] = process.argv.slice(2)
const { X, y, lambda } = readRows(folder)
const require = createRequire(path.join(peers, 'package.json'))
const tf = require('@tensorflow/tfjs')
const wasm = require('@tensorflow/tfjs-backend-wasm')
wasm.setThreadsCount(1)
await tf.setBackend('wasm')
await tf.ready()

const STEP = 3

/** A model of one layer, fitted by Adam with a rate of 0.1 to all rows at once; the setting is the number of epochs. */
async function byLayers(epochs) {
  const kernelRegularizer = tf.regularizers.l2({ l2: lambda / 2 })
  const model = tf.sequential()
  model.add(
    tf.layers.dense({ units: 1, activation: 'sigmoid', inputShape: [X[0].length], kernelRegularizer }),
  )
  model.compile({ optimizer: tf.train.adam(0.1), loss: 'binaryCrossentropy' })
  const [rows, truth] = [tf.tensor2d(X), tf.tensor2d(y, [y.length, 1])]
  await model.fit(rows, truth, { epochs, batchSize: y.length, verbose: 0 })
  const at = model.getWeights().flatMap((weights) => [...weights.dataSync()])
  tf.dispose([rows, truth])
  model.dispose()
  return at
}

/** All rows at once and the gradient by hand, which no user of layers sees: descent with a step of 3, near 1/L; the setting is the number of steps. */
function byCore(steps) {
  const rows = tf.tensor2d(X)
  const truth = tf.tensor2d(y, [y.length, 1])
  let w = tf.zeros([X[0].length, 1])
  let b = tf.scalar(0)
  for (let k = 0; k < steps; k++)
    [w, b] = tf.tidy(() => {
      const residual = tf.sub(tf.sigmoid(tf.add(tf.matMul(rows, w), b)), truth)
      const slope = tf.add(tf.div(tf.matMul(rows, residual, true), y.length), tf.mul(w, lambda))
      const next = [tf.sub(w, tf.mul(slope, STEP)), tf.sub(b, tf.mul(tf.mean(residual), STEP))]
      tf.dispose([w, b])
      return next
    })
  const at = [...w.dataSync(), ...b.dataSync()]
  tf.dispose([rows, truth, w, b])
  return at
}

await serveFits(folder, how === 'layers' ? byLayers : byCore)
