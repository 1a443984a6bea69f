// --class-weights: 'balanced', or JSON with a weight for some of the classes.
import { quoted, userError } from './user-error.ts'

export type ClassWeightsChoice = 'balanced' | ReadonlyMap<string, number>

const WANTED = `balanced, or JSON with a weight > 0 by class such as '{"yes": 3}'`

export function classWeightsOption(text: string): ClassWeightsChoice {
  if (text === 'balanced') return text
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw userError(`--class-weights: expected ${WANTED}, got ${quoted(text)}`)
  const weights = Object.entries(value)
  for (const [label, weight] of weights) {
    if (!(typeof weight === 'number' && weight > 0 && weight < Infinity))
      throw userError(
        `--class-weights: expected ${WANTED}, got ${JSON.stringify(weight)} for ${quoted(label)}`,
      )
  }
  return new Map(weights as [string, number][])
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
