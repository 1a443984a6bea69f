// What a discrete distribution is: probabilities that sum to 1.

/**
 * Throws unless p is one, and q, of the same length.
 *
 * @throws RangeError in the name of `caller`: an entry below 0 or NaN, a sum that is further than 1e-6 from 1 (what single precision
 * leaves of it), lengths that differ
 */
export function checkDistributions(caller: string, p: ArrayLike<number>, q = p): void {
  let name = 'p'
  for (const entries of [p, q]) {
    const refuse = (what: string, got: number) => {
      throw new RangeError(`${caller}: expected ${name}${what}, got ${got}`)
    }
    let total = 0
    if (entries.length !== p.length) refuse(`.length ${p.length}`, entries.length)
    for (let k = 0; k < p.length; k++) {
      if (!(entries[k] >= 0)) refuse(`[${k}] >= 0`, entries[k])
      total += entries[k]
    }
    if (!(Math.abs(total - 1) <= 1e-6)) refuse(' to sum to 1', total)
    name = 'q'
  }
}
