// Many doubles sorted by where in their range they lie, which is faster than comparing them.

/**
 * Sorts doubles in place, ascending, by their values: shared out over buckets of equal width, with a second array of the same
 * length; small buckets by insertion, large ones in the same way again, and what is crowded beyond use of that by the array's
 * own sort. For the option `sort` of the ranking functions: from some 10⁴ scores on it is about three times as fast as their
 * default, and costs half a kilobyte.
 *
 * @param keys without NaN; −0 and 0 are left in any order
 */
export function bucketSort(keys: Float64Array): void {
  distribute(keys, new Float64Array(keys.length))
}

function distribute(keys: Float64Array, scratch: Float64Array): void {
  const n = keys.length
  let least = Infinity
  let most = -Infinity
  for (let i = 0; i < n; i++) {
    const key = keys[i]
    if (key < least) least = key
    if (key > most) most = key
  }
  // Two keys a bucket; where their counters would not fit in the cache, first a coarse distribution.
  const buckets = n > 1_000_000 ? 4096 : n >> 1
  const scale = (buckets - 1) / (most - least)
  // All equal, a range that is not finite, or too few.
  if (!(scale > 0 && scale < Infinity)) {
    if (least < most) keys.sort()
    return
  }
  const ends = new Int32Array(buckets)
  for (let i = 0; i < n; i++) ends[((keys[i] - least) * scale) | 0]++
  for (let b = 0, start = 0; b < buckets; b++) {
    const count = ends[b]
    ends[b] = start
    start += count
  }
  for (let i = 0; i < n; i++) {
    const key = keys[i]
    scratch[ends[((key - least) * scale) | 0]++] = key
  }
  keys.set(scratch)
  for (let b = 0, start = 0; b < buckets; b++) {
    const end = ends[b]
    if (end - start > 32) {
      const bucket = keys.subarray(start, end)
      if (end - start > 0.9 * n) bucket.sort()
      else distribute(bucket, scratch.subarray(start, end))
    } else
      for (let i = start + 1; i < end; i++) {
        const key = keys[i]
        let at = i
        for (; at > start && keys[at - 1] > key; at--) keys[at] = keys[at - 1]
        keys[at] = key
      }
    start = end
  }
}
