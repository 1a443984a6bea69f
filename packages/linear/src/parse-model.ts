// A model that comes from a file is checked before it is believed.
import * as v from 'valibot'
import type { LinearModel, Model, ModelBody } from './model.ts'

const label = () => v.union([v.string(), v.number(), v.boolean()])
const count = () => v.pipe(v.number(), v.integer(), v.minValue(0))
const status = () =>
  v.picklist([
    'converged',
    'iteration-limit',
    'time-limit',
    'line-search-failed',
    'non-finite',
    'stopped',
    'separated',
  ])

const body = () => ({
  format: v.literal('logodds/model'),
  version: v.literal(1),
  terms: v.array(v.string()),
  coefficients: v.array(v.array(v.number())),
  intercepts: v.array(v.number()),
  penalty: v.object({ kind: v.string(), lambda: v.number(), alpha: v.nullable(v.number()) }),
  standardize: v.boolean(),
  offset: v.boolean(),
  aliased: v.array(v.string()),
  fit: v.object({
    status: status(),
    message: v.string(),
    n: count(),
    weightSum: v.number(),
    rank: count(),
    iterations: count(),
    passes: count(),
    gradientNorm: v.number(),
    dualityGap: v.nullable(v.number()),
    logLikelihood: v.nullable(v.number()),
    dataHash: v.string(),
  }),
})

const ofClasses = () =>
  v.object({
    ...body(),
    family: v.picklist(['binary', 'softmax', 'one-vs-rest']),
    classes: v.pipe(v.array(label()), v.minLength(2)),
    positive: v.nullable(label()),
    reference: v.nullable(label()),
  })

const ofNumbers = () =>
  v.object({
    ...body(),
    family: v.literal('linear'),
    loss: v.string(),
    link: v.picklist(['identity', 'logit', 'half-logit', 'clipped', 'log', 'sign']),
  })

/**
 * Checks that `value` (from JSON.parse) is a model of classes of a known format and version, whose parts fit together, and returns it.
 *
 * @throws TypeError that names the first thing that is wrong.
 */
export function parseModel(value: unknown): Model {
  const caller = 'parseModel'
  const model: Model = parsed(caller, value, ofClasses())
  fits(caller, model, model.family === 'binary' ? 1 : model.classes.length)
  if (
    model.family === 'binary' &&
    !(model.classes.length === 2 && model.classes.includes(model.positive as string))
  )
    throw new TypeError('parseModel: expected a binary model to have two classes, one of them positive')
  return model
}

/**
 * As {@link parseModel}, for what `fitLinear` returned.
 *
 * @throws TypeError that names the first thing that is wrong.
 */
export function parseLinearModel(value: unknown): LinearModel {
  const caller = 'parseLinearModel'
  const model: LinearModel = parsed(caller, value, ofNumbers())
  fits(caller, model, 1)
  return model
}

function parsed<T extends v.GenericSchema>(caller: string, value: unknown, schema: T): v.InferOutput<T> {
  const { format, version } = Object(value) as { format?: unknown; version?: unknown }
  if (format !== 'logodds/model' || version !== 1)
    throw new TypeError(
      `${caller}: expected format logodds/model version 1, got ${format} version ${version}`,
    )
  const result = v.safeParse(schema, value)
  if (!result.success) {
    const [issue] = result.issues
    throw new TypeError(`${caller}: ${v.getDotPath(issue) ?? 'model'}: ${issue.message}`)
  }
  return result.output
}

function fits(caller: string, { coefficients, intercepts, terms }: ModelBody, K: number): void {
  if (
    coefficients.length !== K ||
    intercepts.length !== K ||
    coefficients.some((row) => row.length !== terms.length)
  )
    throw new TypeError(`${caller}: expected ${K} × ${terms.length} coefficients and ${K} intercepts`)
}
