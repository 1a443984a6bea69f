// A fingerprint of what a fit saw, so that a later computation can tell whether it is given the same data. Not cryptographic.

/** Folds a word into a hash of 32 bits. */
export const mix = (hash: number, word: number): number =>
  Math.imul((hash << 13) ^ (hash >>> 19) ^ word, 0x9e3779b1)

// The arrays are whole buffers.
const fold = (hash: number, numbers: Float64Array): number => {
  let folded = hash
  for (const word of new Uint32Array(numbers.buffer)) folded = mix(folded, word)
  return folded
}

/** 16 hex digits: eight for X, eight for all else. */
export const dataHash = (ofX: number, ...parts: readonly Float64Array[]): string =>
  [ofX, parts.reduce(fold, 0)].map((h) => (h >>> 0).toString(16).padStart(8, '0')).join('')
