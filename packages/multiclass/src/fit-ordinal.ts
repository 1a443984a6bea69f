// Ordinal regression: proportional odds, one set of coefficients and a rising sequence of thresholds.
import {
  admit,
  asModel,
  type ClassifierOptions,
  checkOffset,
  type Design,
  type Label,
  type MatrixLike,
  type ObjectiveQuery,
  setUp,
} from '@logodds/linear'
import {
  addPenalty,
  lbfgs,
  minimize,
  newton,
  type Penalty,
  type SmoothPenalty,
  type Solver,
} from '@logodds/optim'
import type { OrdinalModel } from './class-model.ts'
import { demand } from './demand.ts'
import { ordinalObjective } from './ordinal-objective.ts'
import { ordinalVerdict } from './ordinal-verdict.ts'

export interface OrdinalOptions extends Omit<ClassifierOptions, 'intercept' | 'solver' | 'start'> {
  /** The classes from the lowest to the highest, each with rows. Default, for numbers and booleans only: sorted. */
  levels?: readonly Label[] | undefined
  /** n numbers added to η = xᵀβ; the model then needs one to predict. Default: none. */
  offset?: ArrayLike<number> | undefined
}

// As for the other fits: Newton for few coordinates, with three decades to spare.
const NEWTON_COORDINATES = 200
const POLISH = 1e-3

/**
 * Fits a proportional-odds (ordered logistic) regression: log-odds of y ≤ k are ζₖ − xᵀβ − o, so that a coefficient > 0 moves rows to higher
 * classes. Minimises the mean of −log P(y) plus the penalty of β; the thresholds ζ rise and are never penalised. The signs are those of R's
 * `MASS::polr`. `decision` gives η = xᵀβ + o; probabilities of classes by `predictProbability`, of y ≤ k by `cumulativeProbability`.
 *
 * The problem is convex; Newton's method for up to 200 coordinates, L-BFGS beyond, and for a penalty without a gradient its own solver. There is
 * no duality gap: the certificate is the gradient norm, and `fit.rank` counts the columns and one intercept.
 *
 * @param X n × p: an ndarray of any stride, rows of numbers, or a design; not changed
 * @param y n labels of at least two classes; strings need `levels`, as their order says nothing of what they mean
 * @throws RangeError before any work, as fitLogistic does; for a label that is not in `levels`, and a level without rows
 * @see McCullagh, Regression models for ordinal data, J. R. Stat. Soc. B 42 (1980), 109–142; Agresti, Categorical Data Analysis, 3rd ed., §8.2
 */
export function fitOrdinal(
  X: MatrixLike | Design,
  y: ArrayLike<Label>,
  options: OrdinalOptions = {},
): OrdinalModel {
  const caller = 'fitOrdinal'
  const { tolerance = 1e-8, maxIterations, onStep } = options
  const { shared, labels: sorted } = admit(caller, X, y, options)
  const labels = inOrder(caller, sorted, options.levels)
  const { rows } = shared.design
  const offset = checkOffset(caller, options.offset, rows, 1)
  const { columns, penalty: given, standardize, ...surveyed } = setUp(shared, [])
  const { keep, centre, scale, factors } = columns
  const K = labels.classes.length
  const p = keep.length
  const size = p + K - 1

  const inside = shared.design.rescaled(centre, scale, keep)
  const problem = { design: inside, y: labels.indices, weights: shared.weights, offset, levels: K }
  const data = ordinalObjective(problem)
  const column = Int32Array.from({ length: size }, (_, q) => keep[q] ?? -1)
  const penalty = given?.inCoordinates(
    Float64Array.from(column, (c) => factors[c] ?? 0),
    Float64Array.from(column, (c) => (standardize ? 1 : (scale[c] ?? 1))),
    column,
  )
  const added = penalty && 'smooth' in penalty ? (penalty as SmoothPenalty) : undefined
  const oracle = (query: ObjectiveQuery) => data(query) + (added ? addPenalty(added, query) : 0)
  const raw = (at: Float64Array) => {
    const coefficients = Array.from(centre, () => 0)
    keep.forEach((c, j) => {
      coefficients[c] = at[j] / scale[c]
    })
    const shift = coefficients.reduce((sum, w, c) => sum + w * centre[c], 0)
    return { coefficients, thresholds: Array.from(at.subarray(p), (zeta) => zeta + shift) }
  }

  let separated = false
  const outcome = minimize(
    oracle,
    solverOf(added ? undefined : penalty, size, tolerance, maxIterations),
    start(),
    {
      onStep({ iteration, value, optimality, at }) {
        const { coefficients, thresholds } = raw(at)
        const asked = onStep?.(
          { iteration, value, optimality, coefficients: [coefficients], intercepts: thresholds },
          0,
        )
        separated = !given && separates(at)
        return separated ? 'stop' : asked
      },
    },
  )
  const { at } = outcome
  const gradient = new Float64Array(size)
  data({ ask: 'gradient', at, gradient })
  const gradientNorm = penalty
    ? penalty.distance(at, gradient)
    : gradient.reduce((max, g) => Math.max(max, Math.abs(g)), 0)
  const { coefficients, thresholds } = raw(at)
  const { weightSum, rawWeights = new Float64Array(rows).fill(1) } = shared
  const likelihood = ordinalObjective({ ...problem, weights: rawWeights })
  const kind = { family: 'ordinal', thresholds } as const
  return asModel(kind, { ...surveyed, columns, penalty: given, standardize }, labels, offset, {
    coefficients: [coefficients],
    intercepts: [0],
    aliased: Array.from(columns.aliased, (c) => shared.terms[c]),
    record: {
      ...ordinalVerdict(outcome, separated, gradientNorm, tolerance),
      n: rows,
      weightSum,
      rank: p + 1,
      iterations: outcome.iterations,
      // The likelihood's is the last.
      passes: data.passes + columns.passes + 1,
      gradientNorm,
      dualityGap: null,
      logLikelihood: -likelihood({ ask: 'value', at }),
    },
  })

  // The model of thresholds alone, where there is no offset: ζₖ = logit P(y ≤ k).
  function start(): Float64Array {
    const mass = new Float64Array(K)
    let mean = 0
    labels.indices.forEach((k, i) => {
      mass[k] += shared.weights[i]
      mean += shared.weights[i] * (offset?.[i] ?? 0)
    })
    const origin = new Float64Array(size)
    let below = 0
    for (let k = 0; k < K - 1; k++) {
      below += mass[k]
      const above = mass.subarray(k + 1).reduce((a, b) => a + b)
      origin[p + k] = Math.log(below / above) + mean
    }
    return origin
  }

  // Whether every row with weight lies between the thresholds of its class: then the likelihood has no maximum.
  function separates(at: Float64Array): boolean {
    const zeta = [-Infinity, ...at.subarray(p), Infinity]
    return labels.indices.every((k, i) => {
      const eta = data.eta[i]
      return shared.weights[i] === 0 || (zeta[k] < eta && eta < zeta[k + 1])
    })
  }
}

function solverOf(
  kinked: Penalty | undefined,
  size: number,
  tolerance: number,
  maxIterations: number | undefined,
): Solver<ObjectiveQuery> {
  if (kinked?.solver) return kinked.solver({ tolerance: tolerance / 4, maxIterations })
  return size <= NEWTON_COORDINATES
    ? newton({ tolerance: tolerance * POLISH, maxIterations })
    : lbfgs({ tolerance: tolerance / 4, maxIterations })
}

// Classes and indices in the order of the levels.
function inOrder(
  caller: string,
  { classes, indices }: { classes: Label[]; indices: Float64Array },
  levels: readonly Label[] | undefined,
): { classes: Label[]; indices: Float64Array } {
  if (!levels) {
    const type = typeof classes[0]
    demand(type !== 'string', caller, 'levels (the order of the classes) for labels that are strings', 'none')
    return { classes, indices }
  }
  const foreign = classes.find((label) => !levels.includes(label))
  demand(
    foreign === undefined,
    caller,
    `labels among the levels ${JSON.stringify(levels)}`,
    JSON.stringify(foreign),
  )
  const bare = levels.find((label, k) => !classes.includes(label) || levels.indexOf(label) !== k)
  demand(
    bare === undefined,
    caller,
    'rows of every level, each named once',
    `other for ${JSON.stringify(bare)}`,
  )
  return { classes: [...levels], indices: indices.map((k) => levels.indexOf(classes[k])) }
}
