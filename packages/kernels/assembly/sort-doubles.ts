// Sorting doubles by distribution: each level spreads a run of keys over buckets and sorts each bucket, so that almost every key is
// moved two or three times. The keys lie at `keysAt`, with as much room again behind them. No NaN; −0 and 0 count as equal here.

// Below this a run is sorted by insertion.
const SMALL: u32 = 32
// The ends of as many buckets fill the first-level cache.
const BITS: u32 = 13
const BUCKETS: u32 = 8192
const KEY: u32 = 3
// Added to a small number, it leaves that number, rounded, in the lowest bits: cheaper than a conversion.
const MAGIC: f64 = 4503599627370496.0

/** One table of bucket ends for each level of the recursion: at most 23 halvings (of 2²⁸ keys) and 13 levels of bits. */
const LEVELS: u32 = 40
const keysAt: usize = <usize>((LEVELS * BUCKETS) << 2)

/** Where the caller puts the keys, in bytes. */
export function start(): usize {
  return keysAt
}

/** Sorts n keys in place, ascending. */
export function sort(n: u32): void {
  order(keysAt, keysAt + ((<usize>n) << KEY), n, 0, false)
}

/** The bits of a double as a number that has the order of the doubles. */
function rank(x: f64): u64 {
  const bits = reinterpret<i64>(x)
  return <u64>(bits ^ ((bits >> 63) | i64.MIN_VALUE))
}

/**
 * Sorts the n keys at `from`; they end at `to` if `move` is set, else at `from`. Buckets are of equal width in x. Where one of
 * them takes more than half of the keys, they are of equal width in the bits of x instead: that narrows any range by 2⁵ or more.
 */
function order(from: usize, to: usize, n: u32, level: u32, move: bool): void {
  if (n <= SMALL) {
    insert(from, move ? to : from, n)
    return
  }
  const end = from + ((<usize>n) << KEY)
  let low = load<f64>(from)
  let high = low
  for (let p = from; p < end; p += 8) {
    const x = load<f64>(p)
    low = min(low, x)
    high = max(high, x)
  }
  if (low === high) {
    if (move) memory.copy(to, from, (<usize>n) << KEY)
    return
  }
  // About two keys a bucket, but a first spread of many keys has fewer places to write to at a time.
  const bits: u32 = n > <u32>(1 << 20) ? 10 : min(BITS, 32 - clz(n))
  const buckets: u32 = 1 << bits
  const ends: usize = <usize>((level * BUCKETS) << 2)

  const scale = <f64>(buckets - 1) / (high - low)
  let largest: u32 = n
  if (scale < Infinity && scale > 0) {
    memory.fill(ends, 0, (<usize>buckets) << 2)
    for (let p = from; p < end; p += 8) {
      const at = ends + ((<usize>(<u32>reinterpret<i64>((load<f64>(p) - low) * scale + MAGIC))) << 2)
      store<u32>(at, load<u32>(at) + 1)
    }
    largest = begin(ends, buckets)
  }
  if (largest <= n >> 1) {
    for (let p = from; p < end; p += 8) {
      const x = load<f64>(p)
      const at = ends + ((<usize>(<u32>reinterpret<i64>((x - low) * scale + MAGIC))) << 2)
      const q = load<u32>(at)
      store<u32>(at, q + 1)
      store<f64>(to + ((<usize>q) << KEY), x)
    }
  } else {
    const base = rank(low)
    const width: u32 = 64 - <u32>clz<u64>(rank(high) - base)
    const shift = <u64>(width > bits ? width - bits : 0)
    memory.fill(ends, 0, (<usize>buckets) << 2)
    for (let p = from; p < end; p += 8) {
      const at = ends + ((<usize>((rank(load<f64>(p)) - base) >> shift)) << 2)
      store<u32>(at, load<u32>(at) + 1)
    }
    largest = begin(ends, buckets)
    for (let p = from; p < end; p += 8) {
      const x = load<f64>(p)
      const at = ends + ((<usize>((rank(x) - base) >> shift)) << 2)
      const q = load<u32>(at)
      store<u32>(at, q + 1)
      store<f64>(to + ((<usize>q) << KEY), x)
    }
  }

  if (largest <= SMALL) {
    insert(to, move ? to : from, n)
    return
  }
  let first: u32 = 0
  for (let b: u32 = 0; b < buckets; b++) {
    const last = load<u32>(ends + ((<usize>b) << 2))
    const at = (<usize>first) << KEY
    order(to + at, from + at, last - first, level + 1, !move)
    first = last
  }
}

/** Turns counts into first places. @returns the largest count. */
function begin(ends: usize, buckets: u32): u32 {
  let sum: u32 = 0
  let largest: u32 = 0
  for (let at = ends; at < ends + ((<usize>buckets) << 2); at += 4) {
    const count = load<u32>(at)
    largest = max(largest, count)
    store<u32>(at, sum)
    sum += count
  }
  return largest
}

/** Insertion sort of n keys from one place to another, or in place. */
function insert(from: usize, to: usize, n: u32): void {
  const end = (<usize>n) << KEY
  for (let i: usize = 0; i < end; i += 8) {
    const x = load<f64>(from + i)
    let q = to + i
    for (; q > to && load<f64>(q - 8) > x; q -= 8) store<f64>(q, load<f64>(q - 8))
    store<f64>(q, x)
  }
}
