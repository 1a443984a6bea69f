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

const ofClasses = () => ({
  family: v.picklist(['binary', 'softmax', 'one-vs-rest']),
  classes: v.pipe(v.array(label()), v.minLength(2)),
  positive: v.nullable(label()),
  reference: v.nullable(label()),
})

const ofNumbers = () => ({
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
  const model: Model = parseBody(caller, value, ofClasses(), ({ family, classes }) =>
    family === 'binary' ? 1 : classes.length,
  )
  const { family, classes, positive } = model
  if (family === 'binary' && !(classes.length === 2 && classes.includes(positive as string)))
    throw new TypeError('parseModel: expected a binary model to have two classes, one of them positive')
  return model
}

/**
 * As {@link parseModel}, for what `fitLinear` returned.
 *
 * @throws TypeError that names the first thing that is wrong.
 */
export function parseLinearModel(value: unknown): LinearModel {
  return parseBody('parseLinearModel', value, ofNumbers(), () => 1)
}

/**
 * What all models have, and `entries` besides: for parsers of other families.
 *
 * @param entries a Valibot schema of each further property
 * @param rows how many rows of coefficients, and intercepts, there have to be
 * @throws TypeError that names the caller and the first thing that is wrong.
 */
export function parseBody<E extends v.ObjectEntries>(
  caller: string,
  value: unknown,
  entries: E,
  rows: (own: v.InferOutput<v.ObjectSchema<E, undefined>>) => number,
): ModelBody & v.InferOutput<v.ObjectSchema<E, undefined>> {
  const { format, version } = Object(value) as { format?: unknown; version?: unknown }
  if (format !== 'logodds/model' || version !== 1)
    throw new TypeError(
      `${caller}: expected format logodds/model version 1, got ${format} version ${version}`,
    )
  const common = parsed(caller, value, v.object(body()))
  const own = parsed(caller, value, v.object(entries))
  const { coefficients, intercepts, terms } = common
  const K = rows(own)
  if (
    coefficients.length !== K ||
    intercepts.length !== K ||
    coefficients.some((row) => row.length !== terms.length)
  )
    throw new TypeError(`${caller}: expected ${K} × ${terms.length} coefficients and ${K} intercepts`)
  return { ...common, ...own }
}

function parsed<T extends v.GenericSchema>(caller: string, value: unknown, schema: T): v.InferOutput<T> {
  const result = v.safeParse(schema, value)
  if (!result.success) {
    const [issue] = result.issues
    throw new TypeError(`${caller}: ${v.getDotPath(issue) ?? 'model'}: ${issue.message}`)
  }
  return result.output
}
