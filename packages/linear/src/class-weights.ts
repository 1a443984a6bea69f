// A weight for each class, which multiplies the weights of its rows.
import { checkedNumbers, demand } from './demand.ts'
import { type EncodedLabels, encodeLabels } from './labels.ts'
import type { Label } from './model.ts'

/** 'balanced', or a weight > 0 by label; labels that are not named weigh 1. */
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
  const caller = 'balancedClassWeights'
  const encoded = encodeLabels(caller, labels, labels.length)
  const n = labels.length
  const w = weights && checkedNumbers(caller, 'weights', weights, n, 0)
  const factors = classFactors(caller, 'balanced', encoded, w)
  return new Map(encoded.classes.map((label, k) => [label, factors[k]]))
}

/**
 * The factor of each class. Checks that every class keeps some weight.
 *
 * @param weights n; default: 1
 */
export function classFactors(
  caller: string,
  wanted: ClassWeights | undefined,
  { classes, indices, counts }: EncodedLabels,
  weights: Float64Array | undefined,
): number[] {
  const mass = weights ? classes.map(() => 0) : counts
  weights?.forEach((weight, i) => {
    mass[indices[i]] += weight
  })
  const total = mass.reduce((a, b) => a + b)
  const balanced = wanted === 'balanced'
  demand(
    balanced || typeof (wanted ?? {}) === 'object',
    caller,
    "classWeights 'balanced' or by label",
    wanted,
  )
  // The keys of an object are strings, whatever the labels are.
  const key = wanted instanceof Map ? (label: Label) => label : String
  const named = new Map<Label, number>(
    wanted instanceof Map ? wanted : Object.entries((!balanced && wanted) || {}),
  )
  for (const label of named.keys())
    demand(
      classes.map(key).includes(label),
      caller,
      `classWeights for ${JSON.stringify(classes)}`,
      JSON.stringify(label),
    )
  return classes.map((label, k) => {
    const factor = balanced ? total / (classes.length * mass[k]) : (named.get(key(label)) ?? 1)
    const sum = factor * mass[k]
    demand(sum > 0 && sum < Infinity, caller, 'weight on every class', `${sum} on ${JSON.stringify(label)}`)
    return factor
  })
}
