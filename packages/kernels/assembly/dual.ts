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
/** Of the record before it in a pair: which row the next was at the last visit, and xᵢᵀMxⱼ with that one; no row is −1. */
const NEXT: usize = 56
const CROSS: usize = 64
const RECORD: usize = 72

/**
 * For each of `count` records in turn: αᵢ to its minimum, u ← u + (change of αᵢ) growth ∘ (xᵢ − pivots). `ones` has what the ones behind the columns
 * have of w, and by how much it grows. Pivots may be 0, for none: then rows go in pairs, so that u is read and written half as often.
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
  if (pivots === 0) for (; at + RECORD < end; at += 2 * RECORD) moved += visitPair(x, p, u, growth, ones, at)
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

// Of so many columns u is in the first cache when the second row of a pair comes to them.
const TILE: usize = 1024

/** The visits of two rows, one after the other: what the first changes of the second's slope is known beforehand. */
function visitPair(x: usize, p: usize, u: usize, growth: usize, ones: usize, at: usize): f64 {
  const after = at + RECORD
  const first = rowOf(x, p, at)
  const second = rowOf(x, p, after)
  let slope = load<f64>(ones)
  let next = slope
  for (let c: usize = 0; c < p; c += TILE) {
    const columns = min(TILE, p - c)
    const from = c << 3
    slope += dot(first + from, u + from, columns)
    next += dot(second + from, u + from, columns)
  }
  const share = load<f64>(ones, 8)
  if (load<f64>(at, SQUARE) < 0) store<f64>(at, share + weighted(first, first, growth, p), SQUARE)
  if (load<f64>(after, SQUARE) < 0) store<f64>(after, share + weighted(second, second, growth, p), SQUARE)
  if (load<f64>(at, NEXT) !== load<f64>(after, ROW)) {
    store<f64>(at, load<f64>(after, ROW), NEXT)
    store<f64>(at, share + weighted(first, second, growth, p), CROSS)
  }
  const a = load<f64>(at, ALPHA)
  const b = load<f64>(after, ALPHA)
  let moved = step(at, slope)
  const by = load<f64>(at, ALPHA) - a
  moved += step(after, next + by * load<f64>(at, CROSS))
  const then = load<f64>(after, ALPHA) - b
  if (by !== 0 || then !== 0) {
    store<f64>(ones, load<f64>(ones) + (by + then) * share)
    growPair(first, second, u, growth, p, by, then)
  }
  return moved
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

function growPair(x: usize, y: usize, u: usize, growth: usize, p: usize, by: f64, then: f64): void {
  const s = f64x2.splat(by)
  const t = f64x2.splat(then)
  const end = x + ((p << 3) & ~31)
  for (; x < end; x += 32, y += 32, u += 32, growth += 32) {
    const low = f64x2.add(f64x2.mul(s, v128.load(x)), f64x2.mul(t, v128.load(y)))
    const high = f64x2.add(f64x2.mul(s, v128.load(x, 16)), f64x2.mul(t, v128.load(y, 16)))
    v128.store(u, f64x2.add(v128.load(u), f64x2.mul(low, v128.load(growth))))
    v128.store(u, f64x2.add(v128.load(u, 16), f64x2.mul(high, v128.load(growth, 16))), 16)
  }
  for (let rest = p & 3; rest > 0; rest--, x += 8, y += 8, u += 8, growth += 8)
    store<f64>(u, load<f64>(u) + (by * load<f64>(x) + then * load<f64>(y)) * load<f64>(growth))
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
