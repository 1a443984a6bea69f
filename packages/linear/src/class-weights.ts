// A weight for each class, which multiplies the weights of its rows.
import { type EncodedLabels, encodeLabels } from './labels.ts'
import type { Label } from './model.ts'

/** 'balanced', or a weight ≥ 0 by label; labels that are not named weigh 1. */
export type ClassWeights = 'balanced' | Readonly<Record<string, number>> | ReadonlyMap<Label, number>

/**
 * Balanced class weights Σw / (K Σ_k w): every class then has the same total weight. On 90/10 data their ratio is 9.
 *
 * @param labels n labels
 * @param weights n sample weights; default 1
 * @returns a weight by label, in the order of the sorted classes
 * @throws RangeError if a class has no weight, or there is only one class.
 */
export function balancedClassWeights(
  labels: ArrayLike<Label>,
  weights?: ArrayLike<number>,
): Map<Label, number> {
  const encoded = encodeLabels('balancedClassWeights', labels, labels.length)
  const w = Float64Array.from(weights ?? { length: labels.length }, (v) => (weights ? v : 1))
  const factors = classFactors('balancedClassWeights', 'balanced', encoded, w)
  return new Map(encoded.classes.map((label, k) => [label, factors[k]]))
}

/** The factor of each class. Checks that every class keeps some weight. */
export function classFactors(
  caller: string,
  wanted: ClassWeights | undefined,
  { classes, indices }: EncodedLabels,
  weights: Float64Array,
): Float64Array {
  const mass = new Float64Array(classes.length)
  for (let i = 0; i < indices.length; i++) mass[indices[i]] += weights[i]
  const factors = new Float64Array(classes.length).fill(1)
  if (wanted === 'balanced') {
    const total = mass.reduce((a, b) => a + b, 0)
    for (let k = 0; k < mass.length; k++) factors[k] = total / (mass.length * mass[k])
  } else if (wanted) named(caller, wanted, classes, factors)
  for (let k = 0; k < mass.length; k++)
    if (!(mass[k] > 0 && factors[k] > 0))
      throw new RangeError(
        `${caller}: expected some weight on every class, got none on ${JSON.stringify(classes[k])}; leave its rows out`,
      )
  return factors
}

function named(
  caller: string,
  wanted: Exclude<ClassWeights, 'balanced'>,
  classes: Label[],
  factors: Float64Array,
) {
  const entries: Iterable<[Label, number]> = wanted instanceof Map ? wanted : Object.entries(wanted)
  for (const [label, factor] of entries) {
    const k = classes.findIndex(
      (known) => known === label || (!(wanted instanceof Map) && String(known) === label),
    )
    if (k < 0)
      throw new RangeError(
        `${caller}: expected classWeights for ${JSON.stringify(classes)}, got ${JSON.stringify(label)}`,
      )
    if (!(factor >= 0 && factor < Infinity))
      throw new RangeError(
        `${caller}: expected a class weight ≥ 0, got ${factor} for ${JSON.stringify(label)}`,
      )
    factors[k] = factor
  }
}
