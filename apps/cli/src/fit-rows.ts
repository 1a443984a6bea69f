// The fit itself: which family the target asks for, and the null model that its likelihood is compared with.
import { fitLogistic, type LogisticOptions, type Model } from '@logodds/linear'
import { fitOneVsRest, fitSoftmax } from '@logodds/multiclass'
import ndarray from 'ndarray'
import { requireClass } from './class-labels.ts'
import type { FitRequest } from './fit-request.ts'
import { penaltyFor } from './penalty-options.ts'
import type { Pipeline } from './pipeline.ts'
import type { TrainingRows } from './training-rows.ts'
import { quoted, userError } from './user-error.ts'

export interface Fitted {
  readonly model: Pipeline['model']
  /** Log-likelihood of the intercept alone (and the offset); null where there is no joint likelihood. */
  readonly nullLogLikelihood: number | null
}

export function fitRows(rows: TrainingRows, request: FitRequest): Fitted {
  checkAgainstClasses(rows, request)
  const { X, labels, terms, weights, offset, table } = rows
  const options = {
    terms,
    weights,
    penalty: penaltyFor(request.penalty),
    standardize: request.standardize,
    classWeights: request.classWeights,
    solver: request.solver,
    tolerance: request.tolerance,
    maxIterations: request.maxIterations,
  }
  const binary = rows.classes.length === 2
  try {
    if (binary) {
      const model = fitLogistic(X, labels, { ...options, offset, positive: request.positive })
      return { model: textual(model), nullLogLikelihood: nullLogLikelihood(rows) }
    }
    if (request.multiclass === 'one-vs-rest')
      return { model: textual(fitOneVsRest(X, labels, options)), nullLogLikelihood: null }
    const model = fitSoftmax(X, labels, { ...options, reference: request.reference })
    return { model: textual(model), nullLogLikelihood: nullLogLikelihood(rows) }
  } catch (error) {
    // What a fit says about its arguments is about the file here.
    const about = error instanceof Error && /^fit\w+: (.*)$/s.exec(error.message)
    throw about ? userError(`${table.name}: ${about[1]}`) : error
  }
}

/** Options that only make sense for some targets. */
function checkAgainstClasses({ table, roles, classes }: TrainingRows, request: FitRequest): void {
  const { target } = roles
  const count = `column ${quoted(target)} of ${table.name} has ${classes.length} classes`
  const { positive, reference, classWeights } = request
  if (positive !== undefined) {
    if (classes.length > 2) throw userError(`--positive is for two classes; ${count}`)
    requireClass('--positive', positive, table, target, classes)
  }
  if (reference !== undefined) {
    if (classes.length === 2)
      throw userError(`--reference is for three classes or more; ${count}: use --positive`)
    requireClass('--reference', reference, table, target, classes)
  }
  if (request.offset !== null && classes.length > 2)
    throw userError(`--offset is for two classes; ${count}, and one offset would shift them all alike`)
  if (classWeights instanceof Map)
    for (const label of classWeights.keys()) requireClass('--class-weights', label, table, target, classes)
}

/** Σ w log p(y) with the intercept (and the offset) alone. */
function nullLogLikelihood({ labels, classes, weights, offset }: TrainingRows): number | null {
  if (offset) {
    const nothing = ndarray(new Float64Array(0), [labels.length, 0])
    const options: LogisticOptions = { weights, offset, tolerance: 1e-12 }
    return fitLogistic(nothing, labels, options).fit.logLikelihood
  }
  // Without an offset the null model gives every row the weighted shares of the classes.
  const mass = new Map(classes.map((label) => [label, 0]))
  labels.forEach((label, i) => {
    mass.set(label, (mass.get(label) as number) + (weights ? weights[i] : 1))
  })
  const sums = [...mass.values()]
  const total = sums.reduce((a, b) => a + b, 0)
  return sums.reduce((sum, m) => sum + m * Math.log(m / total), 0)
}

// Labels of a file are strings, so those of its model are.
const textual = (model: Model) => model as Pipeline['model']
