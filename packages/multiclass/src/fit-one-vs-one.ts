// One-vs-one: a binary logistic regression for each pair of classes.
import {
  type ClassifierOptions,
  type ClassWeights,
  fitLogistic,
  type Label,
  type MatrixLike,
} from '@logodds/linear'
import type { OneVsOneModel } from './class-model.ts'
import { type DeclaredClasses, declaredClasses } from './declared-classes.ts'
import { demand } from './demand.ts'
import { eachPair } from './one-vs-one.ts'

export interface OneVsOneOptions extends Omit<ClassifierOptions, 'start'>, DeclaredClasses {
  /**
   * 'balanced' weighs the two classes of each pair alike; weights by label multiply the weights of the class's rows in each of its
   * pairs. Default: 1.
   */
  classWeights?: ClassWeights | undefined
}

/**
 * Fits one binary logistic regression for each of the K(K − 1)/2 pairs of classes, each on the rows of its two classes: bit for bit what
 * `fitLogistic` gives for them. `predictProbability` couples the pairs ({@link pairwiseCoupling}), `votes` counts them.
 *
 * `fit` in the model: the first status that is not 'converged', the most iterations, the passes of all pairs over their own rows, the
 * largest gradient norm, the sum of the duality gaps; there is no joint likelihood, so that is null. `onStep` gets the pair's number.
 *
 * @param X n × p: an ndarray of any stride, or rows of numbers; not changed
 * @param y n labels of at least two classes
 * @throws RangeError as fitLogistic does
 * @see Hastie & Tibshirani, Classification by pairwise coupling, Ann. Statist. 26 (1998), 451–471
 */
export function fitOneVsOne(
  X: MatrixLike,
  y: ArrayLike<Label>,
  options: OneVsOneOptions = {},
): OneVsOneModel {
  const caller = 'fitOneVsOne'
  const { weights, onStep } = options
  const classWeights = declaredClasses(caller, y, options)
  demand(!('offset' in options || 'start' in options), caller, 'no offset and no start', 'one')
  demand(!weights || weights.length === y?.length, caller, `weights.length ${y?.length}`, weights?.length)
  const named =
    classWeights instanceof Map ? [...classWeights.keys()] : Object.keys(weightsByName(classWeights))
  return eachPair(caller, X, y, (rows, of, s, t, pair, classes) => {
    const foreign = named.find((name) => !classes.some((label) => label === name || `${label}` === name))
    demand(
      foreign === undefined,
      caller,
      `classWeights for ${JSON.stringify(classes)}`,
      JSON.stringify(foreign),
    )
    return fitLogistic(
      rows,
      of.map(({ second }) => classes[second ? t : s]),
      {
        ...options,
        positive: classes[t],
        weights: weights && of.map(({ row }) => weights[row]),
        classWeights: ofPair(classWeights, classes[s], classes[t]),
        onStep: onStep && ((step) => onStep(step, pair)),
      },
    )
  })
}

const weightsByName = (given: ClassWeights | undefined) =>
  (typeof given === 'object' ? given : {}) as Readonly<Record<string, number>>

// What the two classes of a pair weigh; 'balanced' is for the pair to work out.
function ofPair(given: ClassWeights | undefined, ...labels: Label[]): ClassWeights | undefined {
  if (typeof given !== 'object') return given
  const weight = (label: Label) =>
    given instanceof Map ? given.get(label) : (given as Readonly<Record<string, number>>)[`${label}`]
  return new Map(labels.map((label) => [label, weight(label) ?? 1]))
}
