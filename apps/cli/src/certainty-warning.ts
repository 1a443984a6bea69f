// What quasi-complete separation looks like from outside: the solver has converged, and some rows are as good as certain.
import { predictProbability } from '@logodds/multiclass'
import type { Fitted } from './fit-rows.ts'
import type { TrainingRows } from './training-rows.ts'

// On the way to estimates that do not exist, the rows that call for them leave residuals of about the tolerance.
const CERTAIN = 1 - 1e-7

/** A warning if an unpenalised fit that converged is certain of some rows: estimates may then not exist. */
export function certaintyWarnings({ X, offset }: TrainingRows, { model }: Fitted): string[] {
  if (model.penalty.kind !== 'none' || model.fit.status !== 'converged') return []
  const { data, shape } = predictProbability(model, X, { offset: model.offset ? offset : undefined })
  const [n, K] = shape
  let certain = 0
  for (let i = 0; i < n; i++) if (data.subarray(i * K, (i + 1) * K).some((p) => p > CERTAIN)) certain++
  if (certain === 0) return []
  return [
    `fitted probabilities of ${certain} of ${n} rows are within 1e-7 of 0 or 1: if some columns separate these rows from the other classes, the estimates only say "large", and maximum-likelihood estimates do not exist; --penalty l2 --lambda 0.01 keeps them finite`,
  ]
}
