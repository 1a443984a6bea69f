// The document that `fit --json` prints.
import type { Model } from '@logodds/linear'
import { fitMessage } from './fit-message.ts'
import type { Fitted } from './fit-rows.ts'
import { quotedList } from './user-error.ts'

export interface CoefficientEntry {
  class: string
  term: string
  estimate: number
  standardError: number | null
  z: number | null
  p: number | null
  confidence: [number, number] | null
  /** exp(estimate); null if that is beyond the doubles. */
  oddsRatio: number | null
}

export interface FitDocument {
  format: 'logodds/fit'
  version: 1
  family: Model['family']
  classes: string[]
  positive: string | null
  reference: string | null
  n: number
  weightSum: number
  terms: string[]
  coefficients: CoefficientEntry[]
  penalty: { kind: string; lambda: number; alpha: number | null; standardize: boolean }
  status: Model['fit']['status']
  message: string
  iterations: number
  passes: number
  gradientNorm: number
  dualityGap: number | null
  logLikelihood: number | null
  deviance: number | null
  nullDeviance: number | null
  aic: number | null
  bic: number | null
  mcFadden: number | null
  warnings: string[]
  seconds: number
}

/** `warnings` are those from before the fit; those that the model gives rise to are added. */
export function fitDocument(
  { model, nullLogLikelihood }: Fitted,
  warnings: readonly string[],
  seconds: number,
): FitDocument {
  const { fit, penalty } = model
  const coefficients = coefficientEntries(model)
  return {
    format: 'logodds/fit',
    version: 1,
    family: model.family,
    classes: model.classes,
    positive: model.positive,
    reference: model.reference,
    n: fit.n,
    weightSum: fit.weightSum,
    terms: ['(Intercept)', ...model.terms],
    coefficients,
    penalty: { ...penalty, standardize: model.standardize },
    status: fit.status,
    message: fitMessage(fit),
    iterations: fit.iterations,
    passes: fit.passes,
    gradientNorm: fit.gradientNorm,
    dualityGap: fit.dualityGap,
    ...likelihoodStatistics(model, nullLogLikelihood),
    warnings: [...warnings, ...modelWarnings(model, coefficients)],
    seconds,
  }
}

function coefficientEntries({
  family,
  classes,
  positive,
  reference,
  coefficients,
  intercepts,
  terms,
}: Fitted['model']) {
  return coefficients.flatMap((row, k): CoefficientEntry[] => {
    const label = family === 'binary' ? (positive as string) : classes[k]
    if (label === reference) return []
    return [intercepts[k], ...row].map((estimate, j) => ({
      class: label,
      term: j === 0 ? '(Intercept)' : terms[j - 1],
      estimate,
      standardError: null,
      z: null,
      p: null,
      confidence: null,
      oddsRatio: Math.exp(estimate) < Infinity ? Math.exp(estimate) : null,
    }))
  })
}

/** k counts the intercepts; n counts rows, as R does. */
function likelihoodStatistics({ family, classes, penalty, fit }: Model, nullLogLikelihood: number | null) {
  const { logLikelihood, n } = fit
  if (logLikelihood === null || nullLogLikelihood === null)
    return { logLikelihood, deviance: null, nullDeviance: null, aic: null, bic: null, mcFadden: null }
  const deviance = -2 * logLikelihood + 0
  const k = fit.rank * (family === 'softmax' ? classes.length - 1 : 1)
  const likely = penalty.kind === 'none'
  return {
    logLikelihood,
    deviance,
    nullDeviance: -2 * nullLogLikelihood + 0,
    aic: likely ? deviance + 2 * k : null,
    bic: likely ? deviance + k * Math.log(n) : null,
    mcFadden: nullLogLikelihood < 0 ? 1 - logLikelihood / nullLogLikelihood : null,
  }
}

function modelWarnings({ family, aliased }: Model, coefficients: readonly CoefficientEntry[]): string[] {
  const warnings: string[] = []
  if (aliased.length > 0)
    warnings.push(
      `left out, since the columns before them determine them (coefficient 0): ${quotedList(aliased)}`,
    )
  if (family === 'one-vs-rest')
    warnings.push(
      "one-vs-rest has no joint likelihood: log-likelihood, deviance, AIC, BIC and McFadden's R² do not exist",
    )
  const huge = coefficients.filter(({ oddsRatio }) => oddsRatio === null).map(({ term }) => term)
  if (huge.length > 0)
    warnings.push(
      `odds ratios too large for a double: ${quotedList([...new Set(huge)])}; rescale the columns`,
    )
  return warnings
}
