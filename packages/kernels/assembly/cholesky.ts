// Systems with a symmetric positive definite matrix, p × p, of which the lower triangle is read and written; rows are `stride` bytes apart.
// Golub & Van Loan, Matrix Computations (2013), §4.2.

/** Σ xᵢyᵢ of n numbers. */
function dot(x: usize, y: usize, n: usize): f64 {
  let a = f64x2.splat(0)
  let b = a
  const end = x + ((n << 3) & ~31)
  for (; x < end; x += 32, y += 32) {
    a = f64x2.add(a, f64x2.mul(v128.load(x), v128.load(y)))
    b = f64x2.add(b, f64x2.mul(v128.load(x, 16), v128.load(y, 16)))
  }
  a = f64x2.add(a, b)
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1)
  for (let rest = n & 3; rest > 0; rest--, x += 8, y += 8) sum += load<f64>(x) * load<f64>(y)
  return sum
}

/** The entry of L at `at`, in row i of which those before it are known, from what the dot product takes of it. */
function divide(at: usize, taken: f64, pivot: f64): void {
  store<f64>(at, (load<f64>(at) - taken) / pivot)
}

/**
 * A = L Lᵀ, in place.
 *
 * @returns whether A is positive definite to working precision: whether each pivot is above 10⁻¹⁵ p of its diagonal entry
 */
export function cholesky(a: usize, p: usize, stride: usize): bool {
  const least = 1e-15 * <f64>p
  let i: usize = 0
  // Four rows at once, so that each row above is read once for four: all but the triangle at the diagonal.
  for (; i < p; i += 4) {
    const count = min<usize>(4, p - i)
    const row = a + i * stride
    if (count === 4) fourRows(a, row, i, stride)
    for (let r: usize = 0; r < count; r++) {
      const own = row + r * stride
      for (let j = count === 4 ? i : 0; j < i + r; j++) {
        const other = a + j * stride
        divide(own + (j << 3), dot(own, other, j), load<f64>(other + (j << 3)))
      }
      const at = own + ((i + r) << 3)
      const diagonal = load<f64>(at)
      const left = diagonal - dot(own, own, i + r)
      // Asked this way round, NaN is none.
      if (!(left > least * diagonal && left < Infinity)) return false
      store<f64>(at, sqrt<f64>(left))
    }
  }
  return true
}

/** The first i entries of four rows. */
function fourRows(a: usize, row: usize, i: usize, stride: usize): void {
  const row1 = row + stride
  const row2 = row1 + stride
  const row3 = row2 + stride
  for (let j: usize = 0; j < i; j++) {
    const other = a + j * stride
    let s0 = f64x2.splat(0)
    let s1 = s0
    let s2 = s0
    let s3 = s0
    const even = (j << 3) & ~15
    for (let q: usize = 0; q < even; q += 16) {
      const y = v128.load(other + q)
      s0 = f64x2.add(s0, f64x2.mul(v128.load(row + q), y))
      s1 = f64x2.add(s1, f64x2.mul(v128.load(row1 + q), y))
      s2 = f64x2.add(s2, f64x2.mul(v128.load(row2 + q), y))
      s3 = f64x2.add(s3, f64x2.mul(v128.load(row3 + q), y))
    }
    const pivot = load<f64>(other + (j << 3))
    const last = j & 1 ? load<f64>(other + even) : 0
    divide(row + (j << 3), rest(s0, row + even, last), pivot)
    divide(row1 + (j << 3), rest(s1, row1 + even, last), pivot)
    divide(row2 + (j << 3), rest(s2, row2 + even, last), pivot)
    divide(row3 + (j << 3), rest(s3, row3 + even, last), pivot)
  }
}

function rest(s: v128, at: usize, last: f64): f64 {
  const sum = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1)
  return last === 0 ? sum : sum + load<f64>(at) * last
}

/** Solves L Lᵀ x = b in place. */
export function solve(l: usize, p: usize, stride: usize, b: usize): void {
  for (let i: usize = 0; i < p; i++) {
    const row = l + i * stride
    const at = b + (i << 3)
    divide(at, dot(row, b, i), load<f64>(row + (i << 3)))
  }
  for (let i = p; i > 0; i--) {
    const row = l + (i - 1) * stride
    const at = b + ((i - 1) << 3)
    const x = load<f64>(at) / load<f64>(row + ((i - 1) << 3))
    store<f64>(at, x)
    const both = f64x2.splat(x)
    const even = ((i - 1) << 3) & ~15
    for (let q: usize = 0; q < even; q += 16)
      v128.store(b + q, f64x2.sub(v128.load(b + q), f64x2.mul(both, v128.load(row + q))))
    if (even < (i - 1) << 3) store<f64>(b + even, load<f64>(b + even) - x * load<f64>(row + even))
  }
}
