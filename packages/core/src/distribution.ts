// What a discrete distribution is: probabilities that sum to 1.

/**
 * Throws unless each of `distributions` is one, all of one length.
 *
 * @throws RangeError in the name of `caller`: an entry below 0 or NaN, a sum that is further than 1e-6 from 1 (what single precision
 * leaves of it), lengths that differ
 */
export function checkDistributions(caller: string, ...distributions: ArrayLike<number>[]): void {
  distributions.forEach((p, d) => {
    const check = (holds: boolean, what: string, got: number) => {
      if (!holds) throw new RangeError(`${caller}: expected ${'pq'[d]}${what}, got ${got}`)
    }
    const K = distributions[0].length
    check(p.length === K, `.length ${K} (that of p)`, p.length)
    let total = 0
    for (let k = 0; k < K; k++) {
      check(p[k] >= 0, `[${k}] >= 0`, p[k])
      total += p[k]
    }
    check(Math.abs(total - 1) <= 1e-6, ' to sum to 1', total)
  })
}
