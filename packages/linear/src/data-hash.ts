// A fingerprint of what a fit saw, so that a later computation can tell whether it is given the same data. Not cryptographic.

/** Folds a word into a hash of 32 bits. */
export const mix = (hash: number, word: number): number =>
  Math.imul((hash << 13) ^ (hash >>> 19) ^ word, 0x9e3779b1)

/**
 * A fingerprint of rows that come one after another, of `size` words each, by twos: those of a block of eight rows are turned against each other by
 * whole bytes, which costs next to nothing in any language; then they are mixed with the number of the block, and added up. So blocks can
 * be looked at in any order, by threads too; rows change places unnoticed no more than numbers change.
 */
export function rowHash(size: number) {
  const recent = new Int32Array(size)
  const sums = new Int32Array(size)
  let row = 0
  const fold = () => {
    recent.forEach((word, h) => {
      const mixed = Math.imul(word ^ ((row - 1) >>> 3), 0x9e3779b1)
      sums[h] += Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b)
    })
    recent.fill(0)
  }
  return {
    /** The next row: the words from `at` on. */
    add(words: Uint32Array, at: number) {
      for (let h = 0; h < size; h += 2) {
        const low = recent[h]
        const high = recent[h + 1]
        recent[h] = ((low << 24) | (high >>> 8)) ^ words[at + h]
        recent[h + 1] = ((high << 24) | (low >>> 8)) ^ words[at + h + 1]
      }
      if (!(++row % 8)) fold()
    },
    hash(): number {
      if (row % 8) fold()
      return sums.reduce(mix, row)
    },
  }
}

// The arrays are whole buffers.
const fold = (hash: number, numbers: Float64Array): number => {
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
export const dataHash = (ofX: number, ...parts: readonly Float64Array[]): string =>
  [ofX, parts.reduce(fold, 0)].map((h) => (h >>> 0).toString(16).padStart(8, '0')).join('')
