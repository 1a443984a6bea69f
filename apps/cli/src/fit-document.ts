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
  const statistics = likelihoodStatistics(model, nullLogLikelihood)
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
    ...statistics,
    warnings: [...warnings, ...modelWarnings(model, coefficients, statistics)],
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
  const deviance = finite(-2 * logLikelihood)
  const k = fit.rank * (family === 'softmax' ? classes.length - 1 : 1)
  const likely = penalty.kind === 'none' && deviance !== null
  return {
    logLikelihood,
    deviance,
    nullDeviance: finite(-2 * nullLogLikelihood),
    aic: likely ? finite(deviance + 2 * k) : null,
    bic: likely ? finite(deviance + k * Math.log(n)) : null,
    mcFadden: nullLogLikelihood < 0 ? finite(1 - logLikelihood / nullLogLikelihood) : null,
  }
}

// Adding 0 makes 0 of −0.
const finite = (value: number) => (Number.isFinite(value) ? value + 0 : null)

function modelWarnings(
  { family, aliased }: Model,
  coefficients: readonly CoefficientEntry[],
  { deviance, mcFadden }: Pick<FitDocument, 'deviance' | 'mcFadden'>,
): string[] {
  const warnings: string[] = []
  if (aliased.length > 0)
    warnings.push(
      `left out, since the columns before them determine them (coefficient 0): ${quotedList(aliased)}`,
    )
  if (family === 'one-vs-rest')
    warnings.push(
      "one-vs-rest has no joint likelihood: log-likelihood, deviance, AIC, BIC and McFadden's R² do not exist",
    )
  else if (deviance === null)
    warnings.push('the likelihood is too small for a double: the deviance does not exist')
  else if (mcFadden === null)
    warnings.push("the null model leaves nothing to explain: McFadden's R² does not exist")
  const huge = coefficients.filter(({ oddsRatio }) => oddsRatio === null).map(({ term }) => term)
  if (huge.length > 0)
    warnings.push(
      `odds ratios too large for a double: ${quotedList([...new Set(huge)])}; rescale the columns`,
    )
  return warnings
}
