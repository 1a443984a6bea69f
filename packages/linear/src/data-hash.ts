// A fingerprint of what a fit saw, so that a later computation can tell whether it is given the same data.

/** 16 hex digits from the fingerprint of X and any arrays of numbers or text. Not cryptographic. */
export function dataHash(ofX: number, ...parts: (Float64Array | string | undefined)[]): string {
  let a = ofX
  let b = ~ofX
  const take = (word: number) => {
    a = Math.imul((a << 13) ^ (a >>> 19) ^ word, 0x9e3779b1)
    b = Math.imul((b << 11) ^ (b >>> 21) ^ word, 0x85ebca6b)
  }
  for (const part of parts) {
    take(part?.length ?? -1)
    if (typeof part === 'string') for (let i = 0; i < part.length; i++) take(part.charCodeAt(i))
    else if (part) new Uint32Array(part.buffer, part.byteOffset, 2 * part.length).forEach(take)
  }
  return [a, b].map((h) => (h >>> 0).toString(16).padStart(8, '0')).join('')
}
