// Two species and two measurements of iris: what is fitted and drawn.
import { iris } from '@logodds/data'
import { type DenseMatrix, rowMajor } from '@logodds/linear'

export interface Choice {
  /** The first species is the negative class, the second the positive one. */
  readonly species: readonly [string, string]
  /** Names of two columns: across and up. */
  readonly features: readonly [string, string]
}

export interface Pair extends Choice {
  /** n × 2. */
  readonly X: DenseMatrix
  /** n names of species. */
  readonly labels: readonly string[]
}

/** What there is to choose from. */
export function choices(): { species: readonly string[]; features: readonly string[] } {
  const { classes, terms } = iris()
  return { species: classes, features: terms }
}

/** The rows and columns of a choice. */
export function pairOf({ species, features }: Choice): Pair {
  const { matrix, labels, terms } = iris()
  const rows = labels.flatMap((label, i) => (species.includes(label) ? [i] : []))
  const columns = features.map((feature) => terms.indexOf(feature))
  const values = rows.flatMap((i) => columns.map((j) => matrix.data[i * matrix.stride[0] + j]))
  return {
    species,
    features,
    X: rowMajor(Float64Array.from(values), rows.length, 2),
    labels: rows.map((i) => labels[i]),
  }
}

/** `petal_length` as a reader writes it. */
export const spoken = (feature: string): string => feature.replaceAll('_', ' ')
