// Five real problems: two smooth ones, one with a penalty that has kinks, one with bounds, and one whose loss has kinks.
import { binaryCrossEntropy, categoricalCrossEntropy, hinge, type Loss } from '@logodds/core'
import { breastCancer, type DataSet, iris } from '@logodds/data'
import { dense, objective, standardized, withIntercept } from '@logodds/linear'
import {
  type Constraint,
  dualCoordinateDescent,
  type KinkedPenalty,
  l1,
  l2,
  minimize,
  newton,
  nonNegative,
  type Oracle,
  proximalNewton,
  type Query,
  type SmoothPenalty,
} from '@logodds/optim'
import { hingeDual } from './hinge-dual.ts'

/** What the page compares solvers on: minimise f + P, f including a smooth penalty. */
export interface Problem {
  /** Of the files. */
  readonly name: string
  readonly title: string
  /** One paragraph of markdown. */
  readonly description: string
  readonly kind: 'smooth' | 'composite' | 'bounded' | 'kinked'
  /** Answers all that can be asked about f; its own passes are counted. */
  readonly oracle: Oracle<Query>
  /** Passes over the data so far; a sample of m rows is m/n of one, but what is asked of all rows at once is a measurement, and free. */
  passes(): number
  readonly rows: number
  readonly start: Float64Array
  /** L ≥ ‖∇²f‖; Infinity where f has kinks. */
  readonly smoothness: number
  /** The same of the worst row alone. */
  readonly worst: number
  /** P, if it is not part of f. */
  readonly penalty?: KinkedPenalty | Constraint
  readonly minimum: number
}

interface Ingredients {
  name: string
  title: string
  description: string
  kind: Problem['kind']
  data: DataSet
  loss: Loss
  /** K. */
  width: number
  y: number[]
  smooth?: SmoothPenalty
  penalty?: KinkedPenalty | Constraint
  dual?: number
}

/** Weights 1 for the columns, 0 for the intercepts, which are last. */
const columnsOnly = (columns: number, width: number) =>
  Array.from({ length: (columns + 1) * width }, (_, j) => (j < columns * width ? 1 : 0))

function problem(ingredients: Ingredients): Problem {
  const { name, title, description, kind, data, loss, width, y, smooth, penalty, dual } = ingredients
  const design = withIntercept(standardized(dense(data.matrix)))
  const f = objective({ design, loss, y, width, penalty: smooth })
  const [rows] = data.matrix.shape
  const standard = standardRows(data)
  let others = 0
  const dualModel =
    dual === undefined ? undefined : hingeDual(standard, y, dual, f, (work) => (others += work))
  const oracle: Oracle<Query> = (query) => {
    if (query.ask === 'dual-model') {
      if (!dualModel) throw new Error(`${name}: no dual`)
      return dualModel(query)
    }
    if (query.ask === 'sample-gradient' && query.rows.length < rows) others += query.rows.length / rows
    return f(query)
  }
  const start = new Float64Array(f.size)
  const reference =
    kind === 'smooth'
      ? minimize(oracle, newton({ tolerance: 1e-14 }), start)
      : penalty
        ? minimize(oracle, proximalNewton({ penalty, tolerance: 1e-14 }), start)
        : minimize(oracle, dualCoordinateDescent({ tolerance: 0, maxIterations: 3000 }), start)
  return {
    name,
    title,
    description,
    kind,
    oracle,
    passes: () => f.passes + others,
    rows,
    start,
    smoothness: kind === 'kinked' ? Infinity : f.smoothness(),
    worst:
      loss.smoothness * Math.max(...standard.map((row) => row.reduce((sum, x) => sum + x * x, 0))) +
      (smooth?.smoothness ?? 0),
    penalty,
    minimum: reference.value,
  }
}

/** The rows as the design has them: standardised, with a 1 at the end. */
function standardRows({ matrix }: DataSet): number[][] {
  const [n, p] = matrix.shape
  const column = (j: number) => Array.from({ length: n }, (_, i) => matrix.data[i * p + j]!)
  const columns = Array.from({ length: p }, (_, j) => {
    const x = column(j)
    const mean = x.reduce((a, b) => a + b, 0) / n
    const deviation = Math.sqrt(x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n) || 1
    return x.map((v) => (v - mean) / deviation)
  })
  return Array.from({ length: n }, (_, i) => [...columns.map((x) => x[i]!), 1])
}

/** Those of the page. */
export function problems(): Problem[] {
  const cancer = breastCancer()
  const flowers = iris()
  const malignant = cancer.labels.map((label) => Number(label === 'malignant'))
  const weights = columnsOnly(30, 1)
  return [
    problem({
      name: 'ridge',
      title: 'Logistic regression with a ridge penalty',
      description:
        'Breast Cancer Wisconsin: 569 tumours, 30 correlated measurements, standardised, and an intercept; cross-entropy and λ = 0.001.',
      kind: 'smooth',
      data: cancer,
      loss: binaryCrossEntropy,
      width: 1,
      y: malignant,
      smooth: l2(1e-3, { weights }),
    }),
    problem({
      name: 'softmax',
      title: 'Softmax regression with a ridge penalty',
      description:
        'Iris: 150 flowers of three species, four measurements, standardised, and intercepts: 15 coefficients; cross-entropy and λ = 0.001. Along one direction (the same number added to all intercepts) f is flat.',
      kind: 'smooth',
      data: flowers,
      loss: categoricalCrossEntropy,
      width: 3,
      y: flowers.labels.map((label) => flowers.classes.indexOf(label)),
      smooth: l2(1e-3, { weights: columnsOnly(4, 3) }),
    }),
    problem({
      name: 'lasso',
      title: 'Logistic regression with an ℓ1 penalty',
      description: 'Breast Cancer Wisconsin as above, with λ Σ |w| for the ridge, λ = 0.01.',
      kind: 'composite',
      data: cancer,
      loss: binaryCrossEntropy,
      width: 1,
      y: malignant,
      penalty: l1(0.01, { weights }),
    }),
    problem({
      name: 'bounds',
      title: 'Logistic regression without negative coefficients',
      description:
        'Breast Cancer Wisconsin with the ridge penalty λ = 0.001 and all 30 coefficients ≥ 0: larger nuclei may not speak against a tumour.',
      kind: 'bounded',
      data: cancer,
      loss: binaryCrossEntropy,
      width: 1,
      y: malignant,
      smooth: l2(1e-3, { weights }),
      penalty: nonNegative({ weights }),
    }),
    problem({
      name: 'hinge',
      title: 'A support vector machine',
      description:
        'Breast Cancer Wisconsin as above, with the hinge loss max(0, 1 − yη), y = ±1, and a ridge penalty, λ = 0.01. f has kinks: there is no gradient where rows are on the margin, and at the minimum some are.',
      kind: 'kinked',
      data: cancer,
      loss: hinge,
      width: 1,
      y: malignant.map((one) => 2 * one - 1),
      smooth: l2(0.01, { weights }),
      dual: 0.01,
    }),
  ]
}
