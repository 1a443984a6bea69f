// A look at the columns, before any problem is posed: which are fitted and on what scale, and which are penalised.
import type { Penalty } from '@logodds/optim'
import { chooseColumns, type FittedColumns } from './columns.ts'
import { demand } from './demand.ts'
import type { Design } from './design.ts'
import type { FitOptions } from './fit-options.ts'

/** Rows, weights and options that all the problems share. */
export interface Shared {
  readonly caller: string
  readonly design: Design
  readonly terms: readonly string[]
  /** Raw sample weights; undefined where there are none, and all are 1. */
  readonly rawWeights: Float64Array | undefined
  /** Of the raw ones. */
  readonly weightSum: number
  /** Whether `weights` are the raw ones but for that sum. */
  readonly raw: boolean
  /** Raw weights × class weights, normalised to sum to 1. */
  readonly weights: Float64Array
  readonly options: FitOptions
}

export interface Survey extends Shared {
  /** The penalty of the options, unless its λ is 0, or it touches no column. */
  readonly penalty: Penalty | undefined
  readonly standardize: boolean
  /** A fingerprint of the numbers in X. */
  readonly hash: number
  readonly columns: FittedColumns
  /** The columns that are fitted: centred, scaled, with the intercept last. */
  readonly inner: Design
}

/** Two passes over the data, as a rule: moments, and the search for aliased columns among the unpenalised ones. */
export function survey(shared: Shared): Survey {
  const { caller, design, options, terms, weights } = shared
  const { intercept = true, standardize = true } = options
  const { lambda = 0, inCoordinates, weights: given } = options.penalty ?? {}
  const p = terms.length
  const isPenalty = !options.penalty || (inCoordinates && lambda >= 0 && lambda < Infinity)
  demand(isPenalty, caller, 'a penalty such as l2(0.01)', `${options.penalty}`.split('(')[0])
  const factors = given && lambda ? Array.from(given) : terms.map(() => +(lambda > 0))
  // One that touches no column is none.
  const penalty = factors.some(Boolean) ? options.penalty : undefined
  demand(factors.length === p, caller, `${p} penalty weights (columns of X)`, factors.length)
  const moments = design.moments(weights)
  const large = moments.deviation.findIndex((d) => !(d < Infinity))
  demand(
    large < 0,
    caller,
    'X whose squares are doubles',
    // NaN or Infinity were written into a matrix after the design over it was made.
    `${Number.isFinite(moments.mean[large]) ? 'other' : 'NaN or infinite'} numbers in column ${large} (${terms[large]})`,
  )
  const columns = chooseColumns(design, weights, moments, intercept, factors)
  const scaled = design.rescaled(columns.centre, columns.scale, columns.keep)
  const inner = intercept ? scaled.withIntercept() : scaled
  demand(inner.columns, caller, 'an intercept or a column that is not zero', 'neither')
  return { ...shared, penalty, standardize: !!penalty && standardize, hash: moments.hash, columns, inner }
}
