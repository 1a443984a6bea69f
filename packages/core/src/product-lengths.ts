// What every product with a Jacobian checks before any work.

/** Throws unless v and `out` are as long as p. */
export function checkLengths(
  name: string,
  p: ArrayLike<number>,
  v: ArrayLike<number>,
  out: ArrayLike<number>,
): void {
  for (const [what, { length }] of [
    ['v', v],
    ['out', out],
  ] as const) {
    if (length !== p.length) {
      throw new RangeError(`${name}: expected ${what}.length ${p.length} (length of p), got ${length}`)
    }
  }
}
