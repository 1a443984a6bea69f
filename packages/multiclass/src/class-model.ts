// The models of this package beside `Model`: plain data that survives JSON, as it does.
import type { Label, Model, ModelBody } from '@logodds/linear'

/** A binary model for each pair of classes. */
export interface OneVsOneModel extends ModelBody {
  family: 'one-vs-one'
  /** Sorted. */
  classes: Label[]
  /** Indices of the two classes of each row of `coefficients`: 0, 1; 0, 2; … η is the log-odds of the second one. */
  pairs: [number, number][]
}

/** Proportional odds: log-odds of y ≤ k are ζₖ − η, η = xᵀβ. */
export interface OrdinalModel extends ModelBody {
  family: 'ordinal'
  /** From the lowest to the highest. */
  classes: Label[]
  /** ζ: K − 1 rising numbers, on the scale of X. `intercepts` is [0], `coefficients` has one row. */
  thresholds: number[]
}

/** A binary model for each label; a row may have several of them, or none. */
export interface MultiLabelModel extends ModelBody {
  family: 'multi-label'
  /** As they were named, in the order of the columns of Y. */
  classes: Label[]
}

/** A model whose rows belong to one of several classes. */
export type ClassModel = Model | OneVsOneModel | OrdinalModel
