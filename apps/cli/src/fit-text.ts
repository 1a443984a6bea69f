// What `fit` tells a person: the model, its coefficients, its likelihood, its certificate.
import type { Colors } from 'picocolors/types'
import type { FitDocument } from './fit-document.ts'
import type { FitRequest } from './fit-request.ts'
import { countText, numberText } from './number-text.ts'
import { paragraph } from './paragraph.ts'
import { tableText } from './table-text.ts'
import type { TrainingRows } from './training-rows.ts'

export function fitText(document: FitDocument, rows: TrainingRows, request: FitRequest, ink: Colors): string {
  return [
    paragraph(title(document, rows), { paint: ink.bold }),
    paragraph(dataLine(document, rows)),
    paragraph(`${penaltyLine(document)}${classWeightsLine(request)}`),
    '\n',
    coefficientTable(document, ink),
    '\n',
    likelihoodTable(document, rows, ink),
    certificate(document, request.tolerance, ink),
  ].join('')
}

function title({ family, positive, reference }: FitDocument, { roles }: TrainingRows): string {
  const target = roles.target
  if (family === 'binary') return `Logistic regression: log-odds of ${target} = ${positive}`
  if (family === 'one-vs-rest') return `One-vs-rest logistic regression: log-odds of each class of ${target}`
  return reference === null
    ? `Softmax regression: ${target}, a linear score for each class`
    : `Softmax regression: ${target}, log-odds of each class against ${reference}`
}

function dataLine(
  { n, weightSum, classes }: FitDocument,
  { table, roles, labels, weights, dropped }: TrainingRows,
): string {
  const mass = new Map(classes.map((label) => [label, 0]))
  labels.forEach((label, i) => {
    mass.set(label, (mass.get(label) as number) + (weights ? weights[i] : 1))
  })
  const shares = [...mass].slice(0, 12).map(([label, m]) => `${label}: ${numberText(m, 9)}`)
  if (mass.size > 12) shares.push('…')
  const weighted =
    roles.weights === null ? '' : `, weights ${roles.weights} (sum ${numberText(weightSum, 9)})`
  const shifted = roles.offset === null ? '' : `, offset ${roles.offset}`
  const left = dropped === 0 ? '' : `, ${dropped} left out for missing values`
  return `${table.name}: ${countText(n, 'row')}${left}${weighted}${shifted}; ${roles.target} ${shares.join(', ')}`
}

function penaltyLine({ penalty }: FitDocument): string {
  const { kind, lambda, alpha, standardize } = penalty
  if (kind === 'none') return 'No penalty: maximum likelihood.'
  const name =
    { l1: 'Lasso (l1)', l2: 'Ridge (l2)', 'elastic-net': `Elastic net (alpha ${alpha})` }[kind] ?? kind
  const scale = standardize
    ? 'standardised columns; coefficients are on the raw scale'
    : 'the columns as they are'
  return `${name} penalty, lambda ${numberText(lambda)}, on ${scale}.`
}

function classWeightsLine({ classWeights }: FitRequest): string {
  if (classWeights === undefined) return ''
  const named =
    classWeights === 'balanced'
      ? 'balanced'
      : Array.from(classWeights, ([label, weight]) => `${label} ${numberText(weight)}`).join(', ')
  return ` Class weights: ${named} (in the fit, not in the likelihood below).`
}

function coefficientTable({ family, coefficients }: FitDocument, ink: Colors): string {
  const classNames = coefficients.map(({ class: label }, i) =>
    i > 0 && coefficients[i - 1].class === label ? '' : label,
  )
  return tableText(
    [
      ...(family === 'binary' ? [] : [{ head: 'Class', cells: classNames }]),
      { head: 'Term', cells: coefficients.map(({ term }) => term) },
      { head: 'Estimate', cells: coefficients.map(({ estimate }) => numberText(estimate)), align: 'point' },
      {
        head: 'Odds ratio',
        cells: coefficients.map(({ oddsRatio }) => numberText(oddsRatio)),
        align: 'point',
      },
    ],
    ink,
  )
}

function likelihoodTable(
  { logLikelihood, deviance, nullDeviance, aic, bic, mcFadden }: FitDocument,
  { offset }: TrainingRows,
  ink: Colors,
): string {
  if (logLikelihood === null || deviance === null || nullDeviance === null) return ''
  const left: [string, string][] = [
    ['Log-likelihood', numberText(logLikelihood, 6)],
    ['Deviance', numberText(deviance, 6)],
    [offset ? 'Deviance of intercept and offset' : 'Deviance of the intercept', numberText(nullDeviance, 6)],
  ]
  const right: [string, string][] = [['McFadden R²', mcFadden === null ? '–' : mcFadden.toFixed(4)]]
  if (aic !== null && bic !== null) right.push(['AIC', numberText(aic, 6)], ['BIC', numberText(bic, 6)])
  while (right.length < left.length) right.push(['', ''])
  const table = tableText(
    [
      { head: '', cells: left.map(([name]) => name) },
      { head: '', cells: left.map(([, value]) => value), align: 'point' },
      { head: '', cells: left.map(() => '  ') },
      { head: '', cells: right.map(([name]) => name) },
      { head: '', cells: right.map(([, value]) => value), align: 'point' },
    ],
    ink,
  )
  return `${table}\n`
}

function certificate(
  { status, message, passes, dualityGap }: FitDocument,
  tolerance: number,
  ink: Colors,
): string {
  if (status !== 'converged') return paragraph(message, { paint: ink.yellow })
  const gap = dualityGap === null ? '' : `; duality gap ${dualityGap.toExponential(1)}`
  const measured = message.replace(/\.$/, '')
  return paragraph(
    `${measured}, ${countText(passes, 'pass', 'passes')} over the data; tolerance ${numberText(tolerance)}${gap}.`,
    { paint: ink.green },
  )
}
