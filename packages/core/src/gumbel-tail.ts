// The double exponential of the complementary log-log link, to the last digits.

/**
 * eᶻ as the sum of a number of 24 bits and a small one, to 60 bits and more, for −1 < z < 7: the exponential series by
 * Horner's rule, 1 + z/1 (1 + z/2 (1 + …)), where every product of two heads is exact.
 */
function wideExp(z: number): [number, number] {
  const zHead = Math.fround(z)
  let head = 1
  let rest = 0
  for (let n = 48; n > 0; n--) {
    const product = head * zHead
    const quotient = Math.fround(product / n)
    rest = (product - quotient * n + head * (z - zHead) + rest * z) / n
    head = Math.fround(1 + quotient)
    rest += 1 - head + quotient
  }
  return [head, rest]
}

/**
 * factor · e^(−eᶻ), the upper tail of Gumbel's distribution of minima. Math.exp of a rounded eᶻ would be off by eᶻ ε/2, which
 * is 370 ε before the result vanishes. The exponent goes in two parts, so that a subnormal result is rounded once.
 */
export function gumbelTail(z: number, factor: number): number {
  if (z >= 7) return 0
  if (!(z > -1)) return factor * Math.exp(-Math.exp(z))
  const [head, rest] = wideExp(z)
  const first = Math.min(head, 706)
  return Math.exp(-first) * (factor * Math.exp(first - head - rest))
}
