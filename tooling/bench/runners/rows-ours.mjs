// Ours, of an array of rows. Arguments: 'linear' or 'kernels', the data's folder.
import { dense, threads } from '@logodds/kernels'
import { auto, fitLogistic } from '@logodds/linear'
import { l2 } from '@logodds/optim'
import { readRows, serveFits } from './rows.mjs'

const [way, folder, , count] = process.argv.slice(2)
threads(Number(count))
const { X, y, lambda } = readRows(folder)

await serveFits(folder, (tolerance) => {
  const { coefficients, intercepts } = fitLogistic(way === 'kernels' ? dense(X) : X, y, {
    penalty: l2(lambda),
    standardize: false,
    tolerance,
    solver: auto(),
  })
  return [...coefficients[0], ...intercepts]
})
