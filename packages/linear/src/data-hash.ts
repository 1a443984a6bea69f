// A fingerprint of what a fit saw, so that a later computation can tell whether it is given the same data. Not cryptographic.

/** Folds a word into a hash of 32 bits. */
export const mix = (hash: number, word: number): number =>
  Math.imul((hash << 13) ^ (hash >>> 19) ^ word, 0x9e3779b1)

// The arrays are whole buffers.
const fold = (hash: number, numbers: Float64Array = new Float64Array()): number => {
  const words = new Uint32Array(numbers.buffer)
  // Four words at a time, so that none waits for another; what is beyond the last counts as 0.
  let a = hash
  let b = 1
  let c = 2
  let d = 3
  for (let i = 0; i < words.length; i += 4) {
    a = mix(a, words[i])
    b = mix(b, words[i + 1])
    c = mix(c, words[i + 2])
    d = mix(d, words[i + 3])
  }
  return [b, c, d].reduce(mix, a)
}

/** 16 hex digits: eight for X, eight for all else. */
export const dataHash = (ofX: number, ...parts: readonly (Float64Array | undefined)[]): string =>
  [ofX, parts.reduce(fold, 0)].map((h) => (h >>> 0).toString(16).padStart(8, '0')).join('')
