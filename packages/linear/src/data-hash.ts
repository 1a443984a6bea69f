// A fingerprint of what a fit saw, so that a later computation can tell whether it is given the same data. Not cryptographic.

/** Folds a word into a hash of 32 bits. */
export const mix = (hash: number, word: number): number =>
  Math.imul((hash << 13) ^ (hash >>> 19) ^ word, 0x9e3779b1)

/**
 * A fingerprint of rows that come one after another, of `size` words each, an even number: those of a block of eight rows are turned against each
 * other by whole bytes, which costs next to nothing in any language; then they are mixed with the number of rows so far, and added up. So
 * blocks can be looked at in any order, by threads too.
 */
export function rowHash(size: number) {
  const recent = new Int32Array(size)
  const sums = new Int32Array(size)
  let row = 0
  const fold = () => {
    recent.forEach((word, h) => {
      sums[h] += mix(mix(row, word), row)
    })
    recent.fill(0)
  }
  return {
    /** The next row: the words from `at` on; what is beyond the last counts as 0. */
    add(words: Uint32Array, at: number) {
      for (let h = 0; h < size; h += 2, at += 2) {
        const low = recent[h]
        const high = recent[h + 1]
        recent[h] = ((low << 24) | (high >>> 8)) ^ words[at]
        recent[h + 1] = ((high << 24) | (low >>> 8)) ^ words[at + 1]
      }
      if (!(++row & 7)) fold()
    },
    hash(): number {
      if (row & 7) fold()
      return sums.reduce(mix, row)
    },
  }
}

// Of eight numbers, which take each other's time to be there.
const WORDS = 16

// The arrays are whole buffers.
const hashOf = (numbers: Float64Array = new Float64Array()): number => {
  const words = new Uint32Array(numbers.buffer)
  const { add, hash } = rowHash(WORDS)
  for (let at = 0; at < words.length; at += WORDS) add(words, at)
  return hash()
}

/** 16 hex digits: eight for X, eight for all else. */
export const dataHash = (ofX: number, ...parts: readonly (Float64Array | undefined)[]): string =>
  [ofX, parts.map((part) => hashOf(part)).reduce(mix)]
    .map((h) => (h >>> 0).toString(16).padStart(8, '0'))
    .join('')
