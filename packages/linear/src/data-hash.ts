// A fingerprint of what a fit saw, so that a later computation can tell whether it is given the same data. Not cryptographic.

/** Folds the bits of numbers into a hash of 32 bits. */
export function fold(hash: number, numbers: Float64Array): number {
  const words = new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length)
  for (let k = 0; k < words.length; k++) hash = Math.imul((hash << 13) ^ (hash >>> 19) ^ words[k], 0x9e3779b1)
  return hash
}

/** 16 hex digits: eight for X, eight for all else. */
export const dataHash = (ofX: number, ...parts: readonly Float64Array[]): string =>
  [ofX, parts.reduce(fold, 0)].map((h) => (h >>> 0).toString(16).padStart(8, '0')).join('')
