// Sorting doubles by distribution: each level spreads a run of keys over buckets and sorts each bucket, so that almost every key is
// moved three times. What lies before `start` is the tables'. −0 and 0 count as equal here.

// Below this a run is sorted by insertion.
const SMALL: u32 = 32
// A run of more keys is spread before its buckets are spread over one bucket a key.
const RUN: u32 = 8192
// The most buckets of a spread: the ends of half as many fill the first-level cache.
const BITS: u32 = 13
const BUCKETS: u32 = 8192
// The most keys of a bucket for which the window below has room, one of them being on its way.
const FEW: u32 = 7
const KEY: u32 = 3
// Added to a small number, it leaves that number, rounded, in the lowest bits: cheaper than a conversion.
const MAGIC: f64 = 4503599627370496.0

/** One table of bucket ends for each level of the recursion: at most 23 halvings (of 2²⁸ keys) and 13 levels of bits. */
const LEVELS: u32 = 40
const tables: usize = <usize>((LEVELS * BUCKETS) << 2)

/** Where the tables end, in bytes: keys and room may lie anywhere from here on. */
export function start(): usize {
  return tables
}

/** Sorts the n keys at `keys` in place, ascending; `room` is for as many. @returns how many are not NaN; those are first. */
export function sort(keys: usize, room: usize, n: u32): u32 {
  const numbers = withoutNaN(keys, n)
  order(keys, room, numbers, 0, false)
  return numbers
}

/** Moves NaN to the end. */
function withoutNaN(keys: usize, n: u32): u32 {
  let left = n
  let p = keys
  // Most often there is none, which two at a time tell soonest.
  for (const pairs = keys + ((<usize>(n & ~1)) << KEY); p < pairs; p += 16) {
    const two = v128.load(p)
    if (!i64x2.all_true(f64x2.eq(two, two))) break
  }
  while (p < keys + ((<usize>left) << KEY)) {
    const x = load<f64>(p)
    // All but NaN.
    if (x <= Infinity) p += 8
    else {
      const last = keys + ((<usize>--left) << KEY)
      store<f64>(p, load<f64>(last))
      store<f64>(last, x)
    }
  }
  return left
}

/** The bits of a double as a number that has the order of the doubles; −0 is 0, as it is for minima and maxima in pairs. */
function rank(x: f64): u64 {
  const bits = reinterpret<i64>(x + 0)
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
  // In pairs, the last of which may overlap with the one before.
  let lows = v128.load(end - 16)
  let highs = lows
  for (let p = from; p < end - 8; p += 16) {
    const two = v128.load(p)
    lows = f64x2.pmin(lows, two)
    highs = f64x2.pmax(highs, two)
  }
  const low = min(f64x2.extract_lane(lows, 0), f64x2.extract_lane(lows, 1))
  const high = max(f64x2.extract_lane(highs, 0), f64x2.extract_lane(highs, 1))
  if (low === high) {
    if (move) memory.copy(to, from, (<usize>n) << KEY)
    return
  }
  // Up to one key a bucket, but a first spread of many keys has fewer places to write to at a time.
  const bits: u32 = n > RUN ? min(10, 32 - clz(n >> 9)) : min(BITS, 32 - clz(n))
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

  if (largest <= FEW) {
    pass(to, move ? to : from, n)
    return
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
  for (let i: usize = 0; i < end; i += 8) put(load<f64>(from + i), to, to + i)
}

/** Puts x among the sorted keys from `first` on, before the place `q` that is free. */
function put(x: f64, first: usize, q: usize): void {
  for (; q > first && load<f64>(q - 8) > x; q -= 8) store<f64>(q, load<f64>(q - 8))
  store<f64>(q, x)
}

/**
 * Sorts n keys of which none is more than FEW − 1 places from its own, from one place to another, or in place, without a branch that
 * cannot be foreseen: they pass through a window of FEW − 1 sorted ones, each driving out the least. Both halves at once, in two lanes.
 */
function pass(from: usize, to: usize, n: u32): void {
  const half = (<usize>(n >> 1)) << KEY
  let a = f64x2.splat(-Infinity)
  let b = a
  let c = a
  let d = a
  let e = a
  let f = a
  const lag: usize = (FEW - 1) << KEY
  for (let i: usize = 0; i < half + lag; i += 8) {
    let x =
      i < half ? v128.load64_lane(from + half + i, v128.load64_zero(from + i), 1) : f64x2.splat(Infinity)
    let up = f64x2.pmax(x, f)
    x = f64x2.pmin(x, f)
    f = up
    up = f64x2.pmax(x, e)
    x = f64x2.pmin(x, e)
    e = up
    up = f64x2.pmax(x, d)
    x = f64x2.pmin(x, d)
    d = up
    up = f64x2.pmax(x, c)
    x = f64x2.pmin(x, c)
    c = up
    up = f64x2.pmax(x, b)
    x = f64x2.pmin(x, b)
    b = up
    up = f64x2.pmax(x, a)
    x = f64x2.pmin(x, a)
    a = up
    if (i >= lag) {
      v128.store64_lane(to + i - lag, x, 0)
      v128.store64_lane(to + half + i - lag, x, 1)
    }
  }
  // The bucket in the middle may be in both halves.
  const end = to + ((<usize>n) << KEY)
  if (n & 1) put(load<f64>(from + half + half), to, end - 8)
  for (let q = to + half; q > to && q < end && load<f64>(q) < load<f64>(q - 8); q += 8)
    put(load<f64>(q), to, q)
}
