// ml-logistic-regression, of an array of rows. Arguments: the folder of the peers, the data's folder.
import { createRequire } from 'node:module'
import path from 'node:path'
import { readRows, serveFits } from './rows.mjs'

const [peers, folder] = process.argv.slice(2)
const { X, y } = readRows(folder)
const require = createRequire(path.join(peers, 'package.json'))
const { Matrix } = require('ml-matrix')
const LogisticRegression = require('ml-logistic-regression')

// Neither an intercept nor a penalty is offered: a column of ones is the one, the other is so small here that 1e-6 is reached without.
// The rate is that of a step near 1/L; with its own, and its 50 000 steps, a fit takes half an hour.
await serveFits(folder, (numSteps) => {
  const rows = new Matrix(X.map((row) => [...row, 1]))
  const model = new LogisticRegression({ numSteps, learningRate: 3 / y.length })
  model.train(rows, Matrix.columnVector(y))
  // The first of its two is of everything but class 0.
  return model.classifiers[0].weights.to1DArray()
})
