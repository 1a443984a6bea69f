// How far a biased coin is from a fair one: what log-cosh is conjugate to, and what the Jensen–Shannon divergence sums.

/**
 * ½[(1 + d) log(1 + d) + (1 − d) log(1 − d)] for 0 ≤ d ≤ 1: the Kullback–Leibler divergence, in nats, of probabilities (1 ± d)/2 from ½.
 *
 * @param rest - 1 − d, which may have more digits than d
 */
export function coinDivergence(d: number, rest: number): number {
  // The two logarithms all but cancel where the coin is nearly fair.
  return d < 0.5
    ? d * Math.atanh(d) + Math.log1p(-d * d) / 2
    : ((1 + d) * Math.log(1 + d) + (rest && rest * Math.log(rest))) / 2
}
