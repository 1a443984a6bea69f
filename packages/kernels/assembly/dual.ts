// Dual coordinate descent for a logistic loss with a ridge over rows of a dense row-major matrix: see linear's dual-model.ts. A visit reads
// its row from memory once: what the product has read, the step finds in the second cache.
import { logisticProx } from './dual/prox'

/** Where things are in the record of a visit, in bytes. */
const ROW: usize = 0
const WEIGHT: usize = 8
const TARGET: usize = 16
const OFFSET: usize = 24
/** xᵢᵀMxᵢ; less than 0 where it has not been asked for. */
const SQUARE: usize = 32
const ALPHA: usize = 40
/** The logit at the last optimum, or NaN. */
const LOGIT: usize = 48
/** The rows that were visited with this one, at most three before it, and xᵢᵀMxⱼ with each; no row is −1. */
const OTHERS: usize = 56
const CROSSES: usize = 80
const RECORD: usize = 104

/**
 * For each of `count` records in turn: αᵢ to its minimum, u ← u + (change of αᵢ) growth ∘ (xᵢ − pivots). `ones` has what the ones behind the columns
 * have of w, and by how much it grows. Pivots may be 0, for none: then rows go four at a time, so that u is read and written once for four.
 *
 * @returns Σ xᵢᵀMxᵢ (change of αᵢ)²
 */
export function sweep(
  x: usize,
  p: usize,
  pivots: usize,
  u: usize,
  growth: usize,
  ones: usize,
  records: usize,
  count: usize,
): f64 {
  let moved: f64 = 0
  const end = records + count * RECORD
  let at = records
  if (pivots === 0)
    for (; at + 3 * RECORD < end; at += 4 * RECORD) moved += visitFour(x, p, u, growth, ones, at)
  for (; at < end; at += RECORD) {
    const row = rowOf(x, p, at)
    if (load<f64>(at, SQUARE) < 0)
      store<f64>(
        at,
        load<f64>(ones, 8) + (pivots ? pivotedSquare(row, growth, pivots, p) : weighted(row, row, growth, p)),
        SQUARE,
      )
    const before = load<f64>(at, ALPHA)
    moved += step(at, load<f64>(ones) + (pivots ? pivotedDot(row, u, pivots, p) : dot(row, u, p)))
    const by = load<f64>(at, ALPHA) - before
    if (by !== 0) {
      store<f64>(ones, load<f64>(ones) + by * load<f64>(ones, 8))
      if (pivots) pivotedGrow(row, u, growth, pivots, p, by)
      else grow(row, u, growth, p, by)
    }
  }
  return moved
}

function rowOf(x: usize, p: usize, at: usize): usize {
  return x + ((<usize>load<f64>(at, ROW) * p) << 3)
}

/** αᵢ to its minimum at this slope; returns xᵢᵀMxᵢ (its change)². */
function step(at: usize, slope: f64): f64 {
  const known = load<f64>(at, SQUARE)
  const h = known === 0 ? 1e-12 : known
  const alpha = load<f64>(at, ALPHA)
  const length = 1 / h
  const s = load<f64>(at, WEIGHT)
  const A = load<f64>(at, OFFSET) - (alpha - slope / h) / length
  const z = s === 0 ? 0 : logisticProx(s, load<f64>(at, TARGET), A, s / length, at + LOGIT)
  const by = z - alpha
  store<f64>(at, alpha + by, ALPHA)
  return h * by * by
}

/** The visits of four rows, one after the other: what each changes of the slopes behind it is known from their products. */
function visitFour(x: usize, p: usize, u: usize, growth: usize, ones: usize, at: usize): f64 {
  const second = at + RECORD
  const third = second + RECORD
  const fourth = third + RECORD
  const a = rowOf(x, p, at)
  const b = rowOf(x, p, second)
  const c = rowOf(x, p, third)
  const d = rowOf(x, p, fourth)
  dotOfFour(a, b, c, d, u, p)
  const share = load<f64>(ones, 8)
  const before = load<f64>(ones)
  let moved: f64 = 0
  let all: f64 = 0
  for (let k: usize = 0; k < 4; k++) {
    const here = at + k * RECORD
    const row = rowOf(x, p, here)
    if (load<f64>(here, SQUARE) < 0) store<f64>(here, share + weighted(row, row, growth, p), SQUARE)
    let slope = before + load<f64>(DOTS + (k << 3))
    for (let l: usize = 0; l < k; l++) {
      const other = at + l * RECORD
      const to = here + (l << 3)
      if (load<f64>(to, OTHERS) !== load<f64>(other, ROW)) {
        store<f64>(to, load<f64>(other, ROW), OTHERS)
        store<f64>(to, share + weighted(row, rowOf(x, p, other), growth, p), CROSSES)
      }
      slope += load<f64>(MOVES + (l << 3)) * load<f64>(to, CROSSES)
    }
    const alpha = load<f64>(here, ALPHA)
    moved += step(here, slope)
    const by = load<f64>(here, ALPHA) - alpha
    store<f64>(MOVES + (k << 3), by)
    all += by
  }
  if (moved !== 0) {
    store<f64>(ones, before + all * share)
    growByFour(a, b, c, d, u, growth, p)
  }
  return moved
}

/** xᵀu of the four rows at hand, and by how much their α have changed. */
const DOTS: usize = memory.data(64, 16)
const MOVES: usize = DOTS + 32

// Each of four rows is a stream of its own to the processor, and u, which is not in the first cache, is read once.
function dotOfFour(a: usize, b: usize, c: usize, d: usize, u: usize, p: usize): void {
  let sumOfA = f64x2.splat(0)
  let sumOfB = sumOfA
  let sumOfC = sumOfA
  let sumOfD = sumOfA
  const even = (p << 3) & ~15
  for (let q: usize = 0; q < even; q += 16) {
    const v = v128.load(u + q)
    sumOfA = f64x2.add(sumOfA, f64x2.mul(v128.load(a + q), v))
    sumOfB = f64x2.add(sumOfB, f64x2.mul(v128.load(b + q), v))
    sumOfC = f64x2.add(sumOfC, f64x2.mul(v128.load(c + q), v))
    sumOfD = f64x2.add(sumOfD, f64x2.mul(v128.load(d + q), v))
  }
  const odd: f64 = p & 1 ? load<f64>(u + even) : 0
  finish(sumOfA, a + even, odd, 0)
  finish(sumOfB, b + even, odd, 8)
  finish(sumOfC, c + even, odd, 16)
  finish(sumOfD, d + even, odd, 24)
}

function finish(sum: v128, rest: usize, odd: f64, to: usize): void {
  const last = odd === 0 ? 0 : load<f64>(rest) * odd
  store<f64>(DOTS + to, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1) + last)
}

function growByFour(a: usize, b: usize, c: usize, d: usize, u: usize, growth: usize, p: usize): void {
  const byOfA = v128.load64_splat(MOVES)
  const byOfB = v128.load64_splat(MOVES, 8)
  const byOfC = v128.load64_splat(MOVES, 16)
  const byOfD = v128.load64_splat(MOVES, 24)
  const even = (p << 3) & ~15
  for (let q: usize = 0; q < even; q += 16) {
    const ab = f64x2.add(f64x2.mul(byOfA, v128.load(a + q)), f64x2.mul(byOfB, v128.load(b + q)))
    const cd = f64x2.add(f64x2.mul(byOfC, v128.load(c + q)), f64x2.mul(byOfD, v128.load(d + q)))
    v128.store(u + q, f64x2.add(v128.load(u + q), f64x2.mul(f64x2.add(ab, cd), v128.load(growth + q))))
  }
  if (p & 1) {
    const ab = load<f64>(MOVES) * load<f64>(a + even) + load<f64>(MOVES, 8) * load<f64>(b + even)
    const cd = load<f64>(MOVES, 16) * load<f64>(c + even) + load<f64>(MOVES, 24) * load<f64>(d + even)
    store<f64>(u + even, load<f64>(u + even) + (ab + cd) * load<f64>(growth + even))
  }
}

function dot(x: usize, v: usize, p: usize): f64 {
  let a = f64x2.splat(0)
  let b = a
  let c = a
  let d = a
  const end = x + ((p << 3) & ~63)
  for (; x < end; x += 64, v += 64) {
    a = f64x2.add(a, f64x2.mul(v128.load(x), v128.load(v)))
    b = f64x2.add(b, f64x2.mul(v128.load(x, 16), v128.load(v, 16)))
    c = f64x2.add(c, f64x2.mul(v128.load(x, 32), v128.load(v, 32)))
    d = f64x2.add(d, f64x2.mul(v128.load(x, 48), v128.load(v, 48)))
  }
  a = f64x2.add(f64x2.add(a, b), f64x2.add(c, d))
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1)
  for (let rest = p & 7; rest > 0; rest--, x += 8, v += 8) sum += load<f64>(x) * load<f64>(v)
  return sum
}

function pivotedDot(x: usize, v: usize, m: usize, p: usize): f64 {
  let a = f64x2.splat(0)
  let b = a
  const end = x + ((p << 3) & ~31)
  for (; x < end; x += 32, v += 32, m += 32) {
    a = f64x2.add(a, f64x2.mul(f64x2.sub(v128.load(x), v128.load(m)), v128.load(v)))
    b = f64x2.add(b, f64x2.mul(f64x2.sub(v128.load(x, 16), v128.load(m, 16)), v128.load(v, 16)))
  }
  a = f64x2.add(a, b)
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1)
  for (let rest = p & 3; rest > 0; rest--, x += 8, v += 8, m += 8)
    sum += (load<f64>(x) - load<f64>(m)) * load<f64>(v)
  return sum
}

/** Σⱼ growthⱼ xⱼyⱼ. */
function weighted(x: usize, y: usize, growth: usize, p: usize): f64 {
  let a = f64x2.splat(0)
  let b = a
  const end = x + ((p << 3) & ~31)
  for (; x < end; x += 32, y += 32, growth += 32) {
    a = f64x2.add(a, f64x2.mul(f64x2.mul(v128.load(x), v128.load(y)), v128.load(growth)))
    b = f64x2.add(b, f64x2.mul(f64x2.mul(v128.load(x, 16), v128.load(y, 16)), v128.load(growth, 16)))
  }
  a = f64x2.add(a, b)
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1)
  for (let rest = p & 3; rest > 0; rest--, x += 8, y += 8, growth += 8)
    sum += load<f64>(x) * load<f64>(y) * load<f64>(growth)
  return sum
}

function pivotedSquare(x: usize, growth: usize, m: usize, p: usize): f64 {
  let a = f64x2.splat(0)
  const end = x + ((p << 3) & ~15)
  for (; x < end; x += 16, growth += 16, m += 16) {
    const value = f64x2.sub(v128.load(x), v128.load(m))
    a = f64x2.add(a, f64x2.mul(f64x2.mul(value, value), v128.load(growth)))
  }
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1)
  if (p & 1) {
    const value = load<f64>(x) - load<f64>(m)
    sum += value * value * load<f64>(growth)
  }
  return sum
}

function grow(x: usize, u: usize, growth: usize, p: usize, by: f64): void {
  const t = f64x2.splat(by)
  const end = x + ((p << 3) & ~31)
  for (; x < end; x += 32, u += 32, growth += 32) {
    const low = f64x2.mul(f64x2.mul(t, v128.load(growth)), v128.load(x))
    const high = f64x2.mul(f64x2.mul(t, v128.load(growth, 16)), v128.load(x, 16))
    v128.store(u, f64x2.add(v128.load(u), low))
    v128.store(u, f64x2.add(v128.load(u, 16), high), 16)
  }
  for (let rest = p & 3; rest > 0; rest--, x += 8, u += 8, growth += 8)
    store<f64>(u, load<f64>(u) + by * load<f64>(growth) * load<f64>(x))
}

function pivotedGrow(x: usize, u: usize, growth: usize, m: usize, p: usize, by: f64): void {
  const t = f64x2.splat(by)
  const end = x + ((p << 3) & ~15)
  for (; x < end; x += 16, u += 16, growth += 16, m += 16) {
    const value = f64x2.sub(v128.load(x), v128.load(m))
    v128.store(u, f64x2.add(v128.load(u), f64x2.mul(f64x2.mul(t, v128.load(growth)), value)))
  }
  if (p & 1) store<f64>(u, load<f64>(u) + by * load<f64>(growth) * (load<f64>(x) - load<f64>(m)))
}
