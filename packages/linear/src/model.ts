// A fitted model is plain data: it survives JSON.stringify, and its format has a version.
import type { Link } from '@logodds/core'
import type { Status } from '@logodds/optim'

/** A class label. Labels are compared by value and type: 1 and "1" are different classes. */
export type Label = string | number | boolean

/** What the penalty was, in the terms of the objective λ [ α‖W‖₁ + (1−α)/2 ‖W‖² ]. */
export interface PenaltyRecord {
  /** 'none', 'l1', 'l2', 'elastic-net', or the name of a penalty of one's own. */
  kind: string
  lambda: number
  /** null where it has no meaning. */
  alpha: number | null
}

/** How the fit went: the certificate. */
export interface FitRecord {
  /** 'separated': the classes are completely separated, so that maximum-likelihood estimates do not exist. */
  status: Status | 'separated'
  /** One sentence: what happened, and what to do about it. */
  message: string
  /** Rows. */
  n: number
  /** Sum of the raw sample weights (n without weights). */
  weightSum: number
  /** Number of columns that were fitted, intercept included: the rank of X, where nothing is penalised. */
  rank: number
  iterations: number
  /** Passes over the data that the fit took, from the first look to the certificate. */
  passes: number
  /** ∞-norm of the gradient (or of the distance to the subdifferential), on standardised columns of the mean loss, as measured at the reported point. */
  gradientNorm: number
  /** Primal minus dual objective: an upper bound of how far the objective is from its minimum. null when λ = 0 or a feature is unpenalised. */
  dualityGap: number | null
  /** Σ wᵢ log p(yᵢ), with raw sample weights and without class weights; null where the family has no joint likelihood. */
  logLikelihood: number | null
  /** A fingerprint of X, y, weights and offset: two fits with the same hash saw the same data. */
  dataHash: string
}

/** What all models have. */
export interface ModelBody {
  format: 'logodds/model'
  version: 1
  /** Names of the columns of X. */
  terms: string[]
  /** One row for each column of η (binary, linear: one), one entry for each column of X; on the scale of X. */
  coefficients: number[][]
  /** One for each column of η. */
  intercepts: number[]
  penalty: PenaltyRecord
  /** Whether the penalty saw standardised columns. */
  standardize: boolean
  /** Whether it was fitted with an offset, which it then needs to predict. */
  offset: boolean
  /** Terms that were dropped because the columns before them determine them; their coefficients are 0. */
  aliased: string[]
  fit: FitRecord
}

/** A model of classes. */
export interface Model extends ModelBody {
  family: 'binary' | 'softmax' | 'one-vs-rest'
  /** Sorted; every column of probabilities follows this order. */
  classes: Label[]
  /** The class whose log-odds a binary model is about; null otherwise. */
  positive: Label | null
  /** The class whose coefficients are zero, where softmax coefficients are differences to it; null otherwise. */
  reference: Label | null
}

/** A model of numbers, fitted with a loss of one's choice. */
export interface LinearModel extends ModelBody {
  family: 'linear'
  /** The name of the loss. */
  loss: string
  /** From η to what is predicted. */
  link: ScalarLink
}

/** The links of losses with one raw input; see {@link Link} of `@logodds/core`. */
export type ScalarLink = Exclude<Link, 'softmax'>
