// Dual coordinate descent for a logistic loss with a ridge over rows of a dense row-major matrix: see linear's dual-model.ts. A visit reads
// its row from memory once: what the product has read, the step finds in a cache.
import { logisticProx } from './dual/prox'

/** Where things are in the record of a visit, in bytes. */
const ROW: usize = 0
const WEIGHT: usize = 8
const TARGET: usize = 16
const OFFSET: usize = 24
/** x̃ᵢᵀMx̃ᵢ; less than 0 where it has not been asked for. */
const SQUARE: usize = 32
const ALPHA: usize = 40
/** The logit at the last optimum, or NaN. */
const LOGIT: usize = 48
/** xᵢᵀtilt, known where the square is. */
const TILT: usize = 56
/** The rows that were visited with this one, at most three before it, and x̃ᵢᵀMx̃ⱼ with each; no row is −1. */
const OTHERS: usize = 64
const CROSSES: usize = 88
const RECORD: usize = 112

/** What all visits share: what the ones have of w and by how much that grows, Σ moves, mᵀu, mᵀ(growth ∘ m). */
const ONES: usize = 0
const SHARE: usize = 8
const ALL: usize = 16
const MEAN: usize = 24
const MEANS: usize = 32

/**
 * For each of `count` records in turn: αᵢ to its minimum, w ← w + (change of αᵢ) M x̃ᵢ, x̃ᵢ = xᵢ − m. Rows go four at a time, so that u is read and
 * written once for four.
 *
 * @param pivots m where it is large, to be subtracted from each number (then row by row), or 0
 * @param tilt growth ∘ m where it is not, or 0 where there are no means. Then u grows by growth ∘ xᵢ, and w stands for u − (Σ moves) tilt:
 *   x̃ᵢᵀw = xᵢᵀu − (Σ moves) xᵢᵀtilt − mᵀu + (Σ moves) mᵀtilt
 * @returns Σ x̃ᵢᵀMx̃ᵢ (change of αᵢ)²
 */
export function sweep(
  x: usize,
  p: usize,
  pivots: usize,
  tilt: usize,
  u: usize,
  growth: usize,
  shared: usize,
  records: usize,
  count: usize,
): f64 {
  let moved: f64 = 0
  const end = records + count * RECORD
  let at = records
  if (pivots === 0)
    for (; at + 3 * RECORD < end; at += 4 * RECORD) moved += visitFour(x, p, u, growth, tilt, shared, at)
  for (; at < end; at += RECORD) {
    const row = rowOf(x, p, at)
    if (load<f64>(at, SQUARE) < 0) {
      if (tilt) store<f64>(at, dot(row, tilt, p), TILT)
      const square = pivots ? pivotedSquare(row, growth, pivots, p) : weighted(row, row, growth, p)
      store<f64>(at, product(square, at, at, shared), SQUARE)
    }
    const before = load<f64>(at, ALPHA)
    moved += step(
      at,
      pivots ? load<f64>(shared) + pivotedDot(row, u, pivots, p) : slope(dot(row, u, p), at, shared),
    )
    const by = load<f64>(at, ALPHA) - before
    if (by !== 0) {
      tally(at, by, shared)
      if (pivots) pivotedGrow(row, u, growth, pivots, p, by)
      else grow(row, u, growth, p, by)
    }
  }
  return moved
}

function rowOf(x: usize, p: usize, at: usize): usize {
  return x + ((<usize>load<f64>(at, ROW) * p) << 3)
}

/** x̃ᵢᵀw from xᵢᵀu. */
function slope(product: f64, at: usize, shared: usize): f64 {
  const all = load<f64>(shared, ALL)
  return (
    load<f64>(shared, ONES) +
    (product - all * load<f64>(at, TILT) - (load<f64>(shared, MEAN) - all * load<f64>(shared, MEANS)))
  )
}

/** x̃ᵢᵀMx̃ⱼ from xᵢᵀMxⱼ, the ones included. */
function product(product: f64, at: usize, other: usize, shared: usize): f64 {
  const tilted = load<f64>(at, TILT) + load<f64>(other, TILT) - load<f64>(shared, MEANS)
  return load<f64>(shared, SHARE) + (at === other ? max(0, product - tilted) : product - tilted)
}

/** What a move changes of what all visits share. */
function tally(at: usize, by: f64, shared: usize): void {
  store<f64>(shared, load<f64>(shared, ONES) + by * load<f64>(shared, SHARE), ONES)
  store<f64>(shared, load<f64>(shared, ALL) + by, ALL)
  store<f64>(shared, load<f64>(shared, MEAN) + by * load<f64>(at, TILT), MEAN)
}

/** αᵢ to its minimum at this slope; returns x̃ᵢᵀMx̃ᵢ (its change)². */
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

/** xᵀu of the four rows at hand, and by how much their α have changed. */
const DOTS: usize = memory.data(64, 16)
const MOVES: usize = DOTS + 32
/** Products of two rows: with themselves, with each other, with the tilt. */
const PRODUCTS: usize = memory.data(40, 16)

/** The visits of four rows, one after the other: what each changes of the slopes behind it is known from their products. */
function visitFour(x: usize, p: usize, u: usize, growth: usize, tilt: usize, shared: usize, at: usize): f64 {
  const a = rowOf(x, p, at)
  const b = rowOf(x, p, at + RECORD)
  const c = rowOf(x, p, at + 2 * RECORD)
  const d = rowOf(x, p, at + 3 * RECORD)
  dotOfFour(a, b, c, d, u, p)
  if (!areKnown(at)) {
    meet(a, b, p, growth, tilt, shared, at, 0)
    meet(c, d, p, growth, tilt, shared, at + 2 * RECORD, 2)
    meetAcross(a, b, c, d, p, growth, shared, at)
  }
  let moved: f64 = 0
  for (let k: usize = 0; k < 4; k++)
    store<f64>(DOTS + (k << 3), slope(load<f64>(DOTS + (k << 3)), at + k * RECORD, shared))
  for (let k: usize = 0; k < 4; k++) {
    const here = at + k * RECORD
    let slope = load<f64>(DOTS + (k << 3))
    for (let l: usize = 0; l < k; l++)
      slope += load<f64>(MOVES + (l << 3)) * load<f64>(here + (l << 3), CROSSES)
    const alpha = load<f64>(here, ALPHA)
    moved += step(here, slope)
    const by = load<f64>(here, ALPHA) - alpha
    store<f64>(MOVES + (k << 3), by)
    tally(here, by, shared)
  }
  if (moved !== 0) growByFour(a, b, c, d, u, growth, p)
  return moved
}

/** Whether these four have met before. */
function areKnown(at: usize): bool {
  for (let k: usize = 0; k < 4; k++) {
    const here = at + k * RECORD
    if (load<f64>(here, SQUARE) < 0) return false
    for (let l: usize = 0; l < k; l++)
      if (load<f64>(here + (l << 3), OTHERS) !== load<f64>(at + l * RECORD, ROW)) return false
  }
  return true
}

/** The squares of two rows that are visited one after the other, and their product. */
function meet(
  a: usize,
  b: usize,
  p: usize,
  growth: usize,
  tilt: usize,
  shared: usize,
  at: usize,
  place: usize,
): void {
  const next = at + RECORD
  productsOfTwo(a, b, growth, tilt ? tilt : growth, p)
  store<f64>(at, tilt ? load<f64>(PRODUCTS, 24) : 0, TILT)
  store<f64>(next, tilt ? load<f64>(PRODUCTS, 32) : 0, TILT)
  store<f64>(at, product(load<f64>(PRODUCTS), at, at, shared), SQUARE)
  store<f64>(next, product(load<f64>(PRODUCTS, 16), next, next, shared), SQUARE)
  cross(next, at, load<f64>(PRODUCTS, 8), shared, place)
}

function cross(at: usize, other: usize, found: f64, shared: usize, place: usize): void {
  store<f64>(at + (place << 3), load<f64>(other, ROW), OTHERS)
  store<f64>(at + (place << 3), product(found, at, other, shared), CROSSES)
}

function sum(lanes: v128): f64 {
  return f64x2.extract_lane(lanes, 0) + f64x2.extract_lane(lanes, 1)
}

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

// Σⱼ growthⱼ xⱼyⱼ of two rows with themselves and each other, and what the tilt has of them.
function productsOfTwo(a: usize, b: usize, growth: usize, tilt: usize, p: usize): void {
  let aa = f64x2.splat(0)
  let ab = aa
  let bb = aa
  let at = aa
  let bt = aa
  const end = a + ((p << 3) & ~15)
  for (; a < end; a += 16, b += 16, growth += 16, tilt += 16) {
    const g = v128.load(growth)
    const t = v128.load(tilt)
    const inA = v128.load(a)
    const inB = v128.load(b)
    const ga = f64x2.mul(g, inA)
    aa = f64x2.add(aa, f64x2.mul(ga, inA))
    ab = f64x2.add(ab, f64x2.mul(ga, inB))
    bb = f64x2.add(bb, f64x2.mul(f64x2.mul(g, inB), inB))
    at = f64x2.add(at, f64x2.mul(t, inA))
    bt = f64x2.add(bt, f64x2.mul(t, inB))
  }
  const odd: f64 = p & 1 ? 1 : 0
  const inA = odd ? load<f64>(a) : 0
  const inB = odd ? load<f64>(b) : 0
  const g = odd ? load<f64>(growth) : 0
  const t = odd ? load<f64>(tilt) : 0
  store<f64>(PRODUCTS, sum(aa) + g * inA * inA)
  store<f64>(PRODUCTS, sum(ab) + g * inA * inB, 8)
  store<f64>(PRODUCTS, sum(bb) + g * inB * inB, 16)
  store<f64>(PRODUCTS, sum(at) + t * inA, 24)
  store<f64>(PRODUCTS, sum(bt) + t * inB, 32)
}

/** The products of the third and the fourth row with the first and the second. */
function meetAcross(
  a: usize,
  b: usize,
  c: usize,
  d: usize,
  p: usize,
  growth: usize,
  shared: usize,
  at: usize,
): void {
  let ac = f64x2.splat(0)
  let bc = ac
  let ad = ac
  let bd = ac
  const even = (p << 3) & ~15
  for (let q: usize = 0; q < even; q += 16) {
    const g = v128.load(growth + q)
    const inC = f64x2.mul(g, v128.load(c + q))
    const inD = f64x2.mul(g, v128.load(d + q))
    const inA = v128.load(a + q)
    const inB = v128.load(b + q)
    ac = f64x2.add(ac, f64x2.mul(inA, inC))
    bc = f64x2.add(bc, f64x2.mul(inB, inC))
    ad = f64x2.add(ad, f64x2.mul(inA, inD))
    bd = f64x2.add(bd, f64x2.mul(inB, inD))
  }
  const odd = !!(p & 1)
  const inA = odd ? load<f64>(growth + even) * load<f64>(a + even) : 0
  const inB = odd ? load<f64>(growth + even) * load<f64>(b + even) : 0
  const inC = odd ? load<f64>(c + even) : 0
  const inD = odd ? load<f64>(d + even) : 0
  const third = at + 2 * RECORD
  const fourth = at + 3 * RECORD
  cross(third, at, sum(ac) + inA * inC, shared, 0)
  cross(third, at + RECORD, sum(bc) + inB * inC, shared, 1)
  cross(fourth, at, sum(ad) + inA * inD, shared, 0)
  cross(fourth, at + RECORD, sum(bd) + inB * inD, shared, 1)
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
