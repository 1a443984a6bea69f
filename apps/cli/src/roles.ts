// Which column of a table plays which part in a fit: target, weights, offset, features. None plays two.
import { requireColumn, type Table } from '@logodds/data'
import { quoted, userError } from './user-error.ts'

export interface RoleOptions {
  readonly target: string
  readonly weights: string | null
  readonly offset: string | null
  /** null: every other column. */
  readonly features: readonly string[] | null
}

export interface Roles extends RoleOptions {
  readonly features: readonly string[]
  /** All columns that the fit reads. */
  readonly used: readonly string[]
}

/** Throws unless every column exists and there is something to fit. */
export function rolesIn(table: Table, { target, weights, offset, features }: RoleOptions): Roles {
  const single = [
    ['--target', target],
    ['--weights', weights],
    ['--offset', offset],
  ].filter((role): role is [string, string] => role[1] !== null)
  single.forEach(([flag, name], i) => {
    requireColumn(table, name)
    const other = single.findIndex(([, earlier]) => earlier === name)
    if (other < i) throw twoRoles(table, name, single[other][0], flag)
  })
  for (const name of features ?? []) {
    requireColumn(table, name)
    const other = single.find(([, taken]) => taken === name)
    if (other) throw twoRoles(table, name, other[0], '--features')
  }
  const taken = single.map(([, name]) => name)
  const chosen = features ?? table.columns.map(({ name }) => name).filter((name) => !taken.includes(name))
  if (chosen.length === 0)
    throw userError(`${table.name}: no column is left for the model besides ${taken.map(quoted).join(', ')}`)
  return { target, weights, offset, features: chosen, used: [...chosen, ...taken] }
}

function twoRoles(table: Table, name: string, first: string, second: string): Error {
  return userError(
    `${table.name}: column ${quoted(name)} is named by both ${first} and ${second}; it can be one only`,
  )
}
