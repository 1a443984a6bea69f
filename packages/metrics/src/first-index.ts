// Where in sorted keys a key first stands.

/**
 * Keys in ascending order → a function of one of them: the index of the first that equals it. The keys are shared out evenly
 * over their range, so that a look-up bisects about one of them; crowded keys cost up to log₂ n steps.
 */
export function firstIndex(keys: Float64Array): (key: number) => number {
  const least = keys[0]
  const scale = (keys.length - 1) / (keys[keys.length - 1] - least)
  // Where a range is 0 or not finite this is NaN | 0 or Infinity | 0, which is 0 for every key.
  const share = (key: number) => ((key - least) * scale) | 0
  const ends = new Int32Array(keys.length + 1)
  for (let i = 0; i < keys.length; ) ends[share(keys[i]) + 1] = ++i
  for (let s = 1; s < ends.length; s++) if (!ends[s]) ends[s] = ends[s - 1]
  return (key) => {
    let at = ends[share(key)]
    for (let end = ends[share(key) + 1] - 1; at < end; ) {
      const middle = (at + end) >> 1
      if (keys[middle] < key) at = middle + 1
      else end = middle
    }
    return at
  }
}
