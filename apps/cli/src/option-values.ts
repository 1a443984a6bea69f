// The values of options, from text: numbers, one of a few words, lists of column names.
import { quoted, userError } from './user-error.ts'

/** A number in plain decimal notation for which `holds`; `wanted` says it in words: "a number > 0". */
export function numberOption(
  flag: string,
  text: string,
  wanted: string,
  holds: (value: number) => boolean,
): number {
  const value = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN
  if (!(Number.isFinite(value) && holds(value)))
    throw userError(`${flag}: expected ${wanted}, got ${quoted(text)}`)
  return value
}

/** An option that a command cannot do without. Not left to the parser, which would name it before a misspelt one. */
export function neededOption(flag: string, text: string | undefined): string {
  if (text === undefined) throw userError(`expected the option ${flag}`)
  return text
}

/** A seed, as the generator takes it: an integer from 0 to 2³² − 1. */
export function seedOption(text: string): number {
  return numberOption(
    '--seed',
    text,
    'an integer from 0 to 4294967295',
    (value) => Number.isInteger(value) && value >= 0 && value <= 4294967295,
  )
}

/** One of a few words; those in `later` are part of the contract but not built yet. */
export function choiceOption<Word extends string>(
  flag: string,
  text: string,
  words: readonly Word[],
  later: readonly string[] = [],
): Word {
  if (later.includes(text)) throw userError(`${flag} ${text} is not built yet; there are ${words.join(', ')}`)
  const word = words.find((candidate) => candidate === text)
  if (word === undefined) throw userError(`${flag}: expected one of ${words.join(', ')}, got ${quoted(text)}`)
  return word
}

/** Names separated by commas; a name that holds a comma stands in double quotes, as in a CSV file. */
export function namesOption(flag: string, text: string): string[] {
  const names = Array.from(text.matchAll(/(?:^|,)(?:\s*"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))/g), (match) =>
    match[1] === undefined ? match[2].trim() : match[1].replaceAll('""', '"'),
  )
  if (names.includes(''))
    throw userError(`${flag}: expected names of columns separated by commas, got ${quoted(text)}`)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw userError(`${flag}: column ${quoted(twice)} is named twice`)
  return names
}
