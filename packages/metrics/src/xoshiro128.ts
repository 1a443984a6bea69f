// Random numbers that are the same for the same seed.

/**
 * xoshiro128++ 1.0: 32 random bits a call, as a whole number. (D. Blackman & S. Vigna, Scrambled linear pseudorandom number
 * generators, ACM TOMS 47, 2021.)
 *
 * @param state four numbers of 32 bits, not all 0; moved on by each call
 */
export function xoshiro128(state: Uint32Array): () => number {
  const rotated = (x: number, by: number) => (x << by) | (x >>> (32 - by))
  return () => {
    const result = rotated(state[0] + state[3], 7) + state[0]
    const shifted = state[1] << 9
    state[2] ^= state[0]
    state[3] ^= state[1]
    state[1] ^= state[2]
    state[0] ^= state[3]
    state[2] ^= shifted
    state[3] = rotated(state[3], 11)
    return result >>> 0
  }
}

/** Uniform on [0, 1), a multiple of 2⁻⁵³; one seed, one sequence. */
export function uniform(seed: number): () => number {
  // The seed's 53 bits and two constants; the first few numbers of like seeds are alike, and are thrown away.
  const next = xoshiro128(Uint32Array.of(seed, seed / 2 ** 32, 0x9e3779b9, 0x243f6a88))
  for (let i = 0; i < 16; i++) next()
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53
}
