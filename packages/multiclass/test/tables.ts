// The tables of fixtures/, as columns; and the two things that R does before a fit.
import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'

export interface Table {
  readonly rows: number
  number(name: string): number[]
  text(name: string): string[]
}

export function table(name: string): Table {
  const text = readFileSync(new URL(`./fixtures/${name}.csv`, import.meta.url), 'utf8')
  const [header, ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')))
  const column = (wanted: string) => {
    const j = header.indexOf(wanted)
    if (j < 0) throw new Error(`no column ${wanted} in ${name}`)
    return rows.map((row) => row[j])
  }
  return { rows: rows.length, number: (c) => column(c).map(Number), text: column }
}

export const json = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')) as T

/** Treatment coding: one 0/1 column for each level but the first. */
export function treatment(values: readonly string[]): number[][] {
  const levels = [...new Set(values)].sort()
  return levels.slice(1).map((level) => values.map((value) => (value === level ? 1 : 0)))
}

/** Rows from columns. */
export const columns = (...cols: readonly number[][]): number[][] =>
  cols[0].map((_, i) => cols.map((col) => col[i]))

/** Numbers from 0 to 1, the same ones for the same seed: a linear congruential generator. */
export function random01(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** The digits of fixtures/digits.py: 1797 × 64 counts. */
export function digits() {
  const { pixels, labels, softmax } = json<{
    pixels: string
    labels: string
    softmax: { objective: number; intercepts: number[]; coefficients: number[][] }
  }>('digits')
  const data = Float64Array.from(inflateSync(Buffer.from(pixels, 'base64')))
  const X = { data, shape: [labels.length, 64], stride: [64, 1], offset: 0 }
  return { X, y: [...labels].map(Number), softmax }
}
