// A fingerprint of what a fit saw, so that a later computation can tell whether it is given the same data.
import type { Label } from './model.ts'

/** 16 hex digits from the fingerprint of X, the classes and any arrays of numbers. Not cryptographic. */
export function dataHash(
  ofX: number,
  classes: readonly Label[],
  ...parts: (Float64Array | undefined)[]
): string {
  let a = ofX
  let b = ~ofX
  const take = (word: number) => {
    a = Math.imul((a << 13) ^ (a >>> 19) ^ word, 0x9e3779b1)
    b = Math.imul((b << 11) ^ (b >>> 21) ^ word, 0x85ebca6b)
  }
  for (const character of JSON.stringify(classes)) take(character.codePointAt(0)!)
  for (const part of parts) {
    take(part ? part.length : -1)
    if (part) new Uint32Array(part.buffer).forEach(take)
  }
  return [a, b].map((h) => (h >>> 0).toString(16).padStart(8, '0')).join('')
}
