// What the page and the worker say to each other. Every message carries the number of the fit that it is about, so that what an
// abandoned fit still had to say can be told from the present one.
import type { DenseMatrix, FitRecord } from '@logodds/linear'
import type { SolverName } from './solvers.ts'

/** A fit to be stepped. */
export interface FitRequest {
  /** n × 2, on the scale of the data. */
  readonly X: DenseMatrix
  readonly labels: readonly string[]
  /** The class whose log-odds are modelled. */
  readonly positive: string
  readonly solver: SolverName
  /** λ of the ridge penalty; 0: none. */
  readonly lambda: number
}

/** Where a solver stands, on the scale of the data. */
export interface StepReport {
  readonly iteration: number
  /** The penalised mean loss. */
  readonly value: number
  /** ∞-norm of its gradient on standardised columns. */
  readonly optimality: number
  readonly coefficients: readonly number[]
  readonly intercept: number
}

/** How a fit ended. */
export interface Verdict {
  readonly coefficients: readonly number[]
  readonly intercept: number
  readonly record: Omit<FitRecord, 'dataHash'>
}

export type ToWorker =
  | { readonly kind: 'start'; readonly fit: number; readonly request: FitRequest }
  /** One iteration. */
  | { readonly kind: 'step'; readonly fit: number }
  /** Iteration after iteration, at a pace: 0 is full speed, 1 is for watching. */
  | { readonly kind: 'run'; readonly fit: number; readonly pace: number }
  | { readonly kind: 'pause'; readonly fit: number }
  /** Ends the fit where it stands. */
  | { readonly kind: 'stop'; readonly fit: number }

export type FromWorker =
  | { readonly kind: 'steps'; readonly fit: number; readonly steps: readonly StepReport[] }
  | { readonly kind: 'end'; readonly fit: number; readonly verdict: Verdict }
  | { readonly kind: 'error'; readonly fit: number; readonly message: string }
