// Where in a sorted list a key stands.

/**
 * Distinct keys, ascending or descending → a function of one of them: its index. The keys are shared out evenly over their
 * range, so that a look-up bisects among about one of them; crowded keys cost up to log₂ n steps.
 */
export function placeOf(keys: Float64Array): (key: number) => number {
  const n = keys.length
  const direction = Math.sign(keys[n - 1] - keys[0])
  const scale = (n - 1) / (keys[n - 1] - keys[0])
  // Where a range is 0 or not finite this is NaN | 0 or Infinity | 0, which is 0 for every key.
  const share = (key: number) => ((key - keys[0]) * scale) | 0
  const ends = new Int32Array(n + 1)
  for (let i = 0; i < n; ) ends[share(keys[i]) + 1] = ++i
  for (let s = 1; s <= n; s++) if (!ends[s]) ends[s] = ends[s - 1]
  return (key) => {
    const s = share(key)
    let at = ends[s]
    for (let last = ends[s + 1] - 1; at < last; ) {
      const middle = (at + last) >> 1
      if (direction * keys[middle] < direction * key) at = middle + 1
      else last = middle
    }
    return at
  }
}
