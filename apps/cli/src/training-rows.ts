// From a table to what a fit takes: a matrix by treatment coding, labels, weights, offset, without rows that lack a value.
import { type CodedColumn, coding, completeRows, encode, isDataError, type Table } from '@logodds/data'
import ndarray, { type NdArray } from 'ndarray'
import { classLabels, type Target } from './class-labels.ts'
import { type RoleOptions, type Roles, rolesIn } from './roles.ts'
import { offsetOf, requireWeightOnClasses, weightsOf } from './row-numbers.ts'
import { userError } from './user-error.ts'

export interface TrainingOptions extends RoleOptions {
  /** Numeric columns to treat as categories. */
  readonly categorical: readonly string[]
  readonly missing: 'error' | 'drop'
}

export interface TrainingRows extends Target {
  readonly table: Table
  readonly roles: Roles
  /** The recipe of the coding. */
  readonly columns: CodedColumn[]
  /** n × p. */
  readonly X: NdArray<Float64Array>
  readonly terms: string[]
  readonly weights: Float64Array | undefined
  readonly offset: Float64Array | undefined
  /** Rows left out for missing values. */
  readonly dropped: number
}

export function trainingRows(read: Table, options: TrainingOptions): TrainingRows {
  const roles = rolesIn(read, options)
  const { table, dropped } = withoutMissing(read, roles.used, options.missing)
  const target = classLabels(table, roles.target)
  const weights = roles.weights === null ? undefined : weightsOf(table, roles.weights)
  if (weights && roles.weights !== null)
    requireWeightOnClasses(table, roles.weights, weights, target.labels, target.classes)
  const offset = roles.offset === null ? undefined : offsetOf(table, roles.offset)
  const columns = coding(table, { features: roles.features, categorical: options.categorical })
  const { matrix, terms } = encode(columns, table)
  return {
    ...target,
    table,
    roles,
    columns,
    X: ndarray(matrix.data, matrix.shape, matrix.stride, matrix.offset),
    terms,
    weights,
    offset,
    dropped,
  }
}

function withoutMissing(table: Table, columns: readonly string[], missing: 'error' | 'drop') {
  try {
    return completeRows(table, { columns, missing })
  } catch (error) {
    if (!isDataError(error) || missing === 'drop') throw error
    throw userError(`${error.message}; --missing drop leaves such rows out`)
  }
}
