// Counts as shares of the last of them.

/** Works in place. */
export function shares(counts: Float64Array): Float64Array {
  const all = counts[counts.length - 1]
  for (let i = 0; i < counts.length; i++) counts[i] /= all
  return counts
}
