// The 50-digit reference of the activations (see fixtures/activations.py).
import { readFileSync } from 'node:fs'

/** Argument, value, and the largest term of the formula where its terms have two signs. */
type Row = [number, number, number?]
/** Value and largest term. */
type Entry = [number, number]

interface Reference {
  /** By the name of the function, with its parameter after a space. */
  scalars: Record<string, { value: Row[]; derivative: Row[] }>
  vectors: {
    z: number[]
    sparsemax: Entry[]
    products: {
      v: number[]
      softmax: Entry[]
      sparsemax?: Entry[]
      logSoftmaxJvp?: Entry[]
      logSoftmaxVjp?: Entry[]
    }[]
  }[]
}

export const activations: Reference = JSON.parse(
  readFileSync(new URL('./fixtures/activations.json', import.meta.url), 'utf8'),
  (_, value) => (value === 'Infinity' ? Infinity : value === '-Infinity' ? -Infinity : value),
)
