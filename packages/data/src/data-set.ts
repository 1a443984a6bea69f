// Small real data sets that come with the package, as matrices and labels. The files in datasets/ hold the same rows as CSV.
import { breastCancerCsv } from './datasets/breast-cancer.generated.ts'
import { irisCsv } from './datasets/iris.generated.ts'
import type { DataMatrix } from './encode.ts'
import { sortLevels } from './levels.ts'

export interface DataSet {
  /** n × p, row-major. */
  matrix: DataMatrix
  /** Names of the p columns. */
  terms: string[]
  /** The class of each of the n rows. */
  labels: string[]
  /** The classes, sorted. */
  classes: string[]
  /** Where the data come from, and their licence. */
  source: string
}

/**
 * Breast Cancer Wisconsin (Diagnostic): 569 tumours, 30 measurements of their cell nuclei, `benign` or `malignant`. With all 30
 * columns the classes are separable. As the file `@logodds/data/datasets/breast_cancer.csv` with the class in column `diagnosis`.
 *
 * Source: W. Wolberg, O. Mangasarian, N. Street, W. Street (1993), UCI Machine Learning Repository, doi:10.24432/C5DW2B, CC BY 4.0.
 */
export function breastCancer(): DataSet {
  return dataSet(
    breastCancerCsv,
    'Breast Cancer Wisconsin (Diagnostic), UCI Machine Learning Repository, doi:10.24432/C5DW2B, CC BY 4.0',
  )
}

/**
 * Iris: 150 flowers, length and width of sepals and petals in cm, `setosa`, `versicolor` or `virginica` (50 each). As the file
 * `@logodds/data/datasets/iris.csv` with the class in column `species`.
 *
 * Source: R. A. Fisher (1936), UCI Machine Learning Repository, doi:10.24432/C56C76, CC BY 4.0; the copy that scikit-learn
 * bundles, whose rows 35 and 38 are as in Fisher's paper.
 */
export function iris(): DataSet {
  return dataSet(
    irisCsv,
    'Iris (Fisher 1936), UCI Machine Learning Repository, doi:10.24432/C56C76, CC BY 4.0',
  )
}

// The files have plain fields and the class in the last column (checked when the modules are made): no parser, so no waiting.
function dataSet(csv: string, source: string): DataSet {
  const [header, ...rows] = csv
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','))
  const [n, p] = [rows.length, header.length - 1]
  const labels = rows.map((row) => row[p])
  const data = Float64Array.from(rows.flatMap((row) => row.slice(0, p).map(Number)))
  return {
    matrix: { data, shape: [n, p], stride: [p, 1], offset: 0 },
    terms: header.slice(0, p),
    labels,
    classes: sortLevels(new Set(labels)),
    source,
  }
}
