// What `fit --out` writes and the other commands read: a model together with the coding of its columns, as versioned JSON.
import { readFile } from 'node:fs/promises'
import { codedTerms } from '@logodds/data'
import { type Model, parseModel } from '@logodds/linear'
import * as v from 'valibot'
import { inputPath } from './input-file.ts'
import { jsonText } from './json-text.ts'
import { quoted, userError } from './user-error.ts'

const FORMAT = 'logodds/pipeline'
const VERSION = 1

const nameOrNull = () => v.optional(v.nullable(v.string()), null)

const schema = () =>
  v.object({
    format: v.literal(FORMAT),
    version: v.literal(VERSION),
    /** The recipe of the treatment coding, in the order of the terms. */
    columns: v.array(
      v.object({
        name: v.string(),
        levels: v.optional(v.pipe(v.array(v.string()), v.minLength(2))),
        base: v.optional(v.string()),
      }),
    ),
    /** The column of class labels. */
    target: v.string(),
    /** The column of sample weights, and that of the offset. */
    weights: nameOrNull(),
    offset: nameOrNull(),
    model: v.unknown(),
  })

export interface Pipeline extends Omit<v.InferOutput<ReturnType<typeof schema>>, 'model'> {
  /** Its classes are strings, as labels in files are. */
  model: Model & { classes: string[]; positive: string | null; reference: string | null }
}

/** A new pipeline, in the version that is written today. */
export function pipelineOf(parts: Omit<Pipeline, 'format' | 'version'>): Pipeline {
  return { format: FORMAT, version: VERSION, ...parts }
}

export const pipelineText = (pipeline: Pipeline): string => jsonText(pipeline)

/** Reads and checks a file that `fit --out` wrote. */
export async function readPipeline(cwd: string, name: string): Promise<Pipeline> {
  const path = await inputPath(cwd, name, '; `logodds fit --out` writes a model')
  const value = parseJson(name, await readFile(path, 'utf8'))
  const { format, version } = Object(value) as { format?: unknown; version?: unknown }
  if (format !== FORMAT || version !== VERSION)
    throw userError(
      `${name}: expected the format ${FORMAT} version ${VERSION}, as \`logodds fit --out\` writes it, got ${described(format, version)}`,
    )
  const result = v.safeParse(schema(), value)
  if (!result.success) {
    const [issue] = result.issues
    throw userError(`${name}: ${v.getDotPath(issue) ?? 'model'}: ${oneLine(issue.message)}`)
  }
  const pipeline = { ...result.output, model: modelIn(name, result.output.model) }
  checkParts(name, pipeline)
  return pipeline
}

function modelIn(name: string, value: unknown): Pipeline['model'] {
  let model: Model
  try {
    model = parseModel(value)
  } catch (error) {
    throw userError(`${name}: model: ${oneLine((error as Error).message.replace(/^parseModel: /, ''))}`)
  }
  if (!hasTextLabels(model)) throw userError(`${name}: model.classes: expected strings`)
  return model
}

const hasTextLabels = (model: Model): model is Pipeline['model'] =>
  model.classes.every((label) => typeof label === 'string')

function checkParts(name: string, { columns, offset, model }: Pipeline): void {
  const strange = columns.find(({ levels, base }) =>
    levels ? !levels.includes(base ?? '') : base !== undefined,
  )
  if (strange)
    throw userError(`${name}: columns: expected the base of ${quoted(strange.name)} to be one of its levels`)
  const terms = codedTerms(columns)
  if (terms.length !== model.terms.length || terms.some((term, j) => term !== model.terms[j]))
    throw userError(`${name}: expected the terms of the model to be those of its columns`)
  if (model.offset !== (offset !== null))
    throw userError(
      `${name}: offset: expected ${model.offset ? 'the column of the offset' : 'null'}, got ${JSON.stringify(offset)}`,
    )
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw userError(`${name}: not JSON; expected a model as \`logodds fit --out\` writes it`)
  }
}

function described(format: unknown, version: unknown): string {
  if (typeof format !== 'string') return 'a document without a format'
  return `${quoted(format)} version ${typeof version === 'number' ? version : (JSON.stringify(version) ?? 'none')}`
}

const oneLine = (text: string) => text.replaceAll(/\s*\n\s*/g, ' ')
