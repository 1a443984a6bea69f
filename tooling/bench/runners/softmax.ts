// Ours, for T5. Arguments: which design of kernels is made of X in each fit, the data's folder, the work, the number of threads.
import { dense, sparseOrDense, threads } from '@logodds/kernels'
import { auto } from '@logodds/linear'
import { fitSoftmax } from '@logodds/multiclass'
import { l2 } from '@logodds/optim'
import { readDigits } from '../digits-data.ts'
import { flattened, pictures } from '../softmax-objective.ts'
import { serveFits } from './serve-fits.ts'

const [way, folder, , count] = process.argv.slice(2) as [string, string, string, string?]
const digits = readDigits(folder)
const { rows, C, y } = digits
const X = pictures(digits)
const design = way === 'dense' ? dense : sparseOrDense
threads(Number(count ?? 1))

await serveFits(folder, (tolerance) => {
  const { coefficients, intercepts, fit } = fitSoftmax(design(X), y, {
    penalty: l2(1 / (C * rows)),
    standardize: false,
    tolerance,
    solver: auto(),
  })
  return { at: flattened(coefficients, intercepts), passes: fit.passes }
})
