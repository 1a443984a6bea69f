// A model that comes from a file is checked before it is believed: all families of this package, and those that linear knows.
import { parseBody, parseModel } from '@logodds/linear'
import * as v from 'valibot'
import type { ClassModel, MultiLabelModel } from './class-model.ts'

const CALLER = 'parseClassModel'

const labels = (least: number) =>
  v.pipe(v.array(v.union([v.string(), v.number(), v.boolean()])), v.minLength(least))

/**
 * Checks that `value` (from JSON.parse) is a model of classes of a known format and version, whose parts fit together, and returns it.
 *
 * @throws TypeError that names the first thing that is wrong.
 */
export function parseClassModel(value: unknown): ClassModel | MultiLabelModel {
  const { family } = Object(value) as { family?: unknown }
  if (family === 'one-vs-one') return ofPairs(value)
  if (family === 'ordinal') return ofLevels(value)
  if (family === 'multi-label')
    return parseBody(
      CALLER,
      value,
      { family: v.literal('multi-label'), classes: labels(1) },
      ({ classes }) => classes.length,
    )
  try {
    return parseModel(value)
  } catch (error) {
    throw new TypeError((error as Error).message.replace(/^\w+/, CALLER))
  }
}

function ofPairs(value: unknown) {
  const index = v.pipe(v.number(), v.integer(), v.minValue(0))
  const model = parseBody(
    CALLER,
    value,
    { family: v.literal('one-vs-one'), classes: labels(2), pairs: v.array(v.tuple([index, index])) },
    ({ classes: { length: K } }) => (K * (K - 1)) / 2,
  )
  const K = model.classes.length
  const all = model.classes.flatMap((_, s) => Array.from({ length: K - s - 1 }, (_, t) => [s, s + t + 1]))
  if (`${model.pairs}` !== `${all}`)
    throw new TypeError(`${CALLER}: pairs: expected all pairs of ${K} classes, in order`)
  return model
}

function ofLevels(value: unknown) {
  const model = parseBody(
    CALLER,
    value,
    { family: v.literal('ordinal'), classes: labels(2), thresholds: v.array(v.number()) },
    () => 1,
  )
  const { classes, thresholds } = model
  if (thresholds.length !== classes.length - 1 || thresholds.some((z, k) => k && !(z >= thresholds[k - 1])))
    throw new TypeError(`${CALLER}: thresholds: expected ${classes.length - 1} rising numbers`)
  return model
}
