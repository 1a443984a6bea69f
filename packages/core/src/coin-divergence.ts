// How far a biased coin is from a fair one: what log-cosh is conjugate to, and what the Jensen–Shannon divergence sums.

/** ½[(1 + d) log(1 + d) + (1 − d) log(1 − d)] for |d| ≤ 1: the Kullback–Leibler divergence, in nats, of probabilities (1 ± d)/2 from ½. */
export function coinDivergence(d: number): number {
  const a = Math.abs(d)
  // The two logarithms all but cancel where the coin is nearly fair.
  if (a < 0.5) return a * Math.atanh(a) + Math.log1p(-a * a) / 2
  return ((1 + a) * Math.log1p(a) + (1 - a && (1 - a) * Math.log1p(-a))) / 2
}
