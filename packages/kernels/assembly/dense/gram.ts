// The weighted Gram matrix of a packed block of rows, H += Aᵀ diag(s) A, in tiles of 4 × 4 that stay in registers.

/**
 * Packs rows of X as (x − mean) · inverse of the columns in `keep` (and 1 if there is an intercept), and the same times s; a row of
 * either has `width` numbers, a multiple of 4, zeros behind.
 */
export function pack(
  x: usize,
  rows: usize,
  p: usize,
  keep: usize,
  kept: usize,
  mean: usize,
  inverse: usize,
  intercept: bool,
  s: usize,
  width: usize,
  packed: usize,
  weighted: usize,
): void {
  for (let i: usize = 0; i < rows; i++) {
    const row = x + ((i * p) << 3)
    const weight = load<f64>(s + (i << 3))
    const to = (i * width) << 3
    for (let q: usize = 0; q < kept; q++) {
      const value =
        (load<f64>(row + ((<usize>load<u32>(keep + (q << 2))) << 3)) - load<f64>(mean + (q << 3))) *
        load<f64>(inverse + (q << 3))
      store<f64>(packed + to + (q << 3), value)
      store<f64>(weighted + to + (q << 3), value * weight)
    }
    for (let q = kept; q < width; q++) {
      const value: f64 = intercept && q === kept ? 1 : 0
      store<f64>(packed + to + (q << 3), value)
      store<f64>(weighted + to + (q << 3), value * weight)
    }
  }
}

/** H += (weighted)ᵀ (packed), the tiles on and below the diagonal; H is width × width. */
export function accumulate(packed: usize, weighted: usize, rows: usize, width: usize, h: usize): void {
  const bytes = width << 3
  for (let j: usize = 0; j < width; j += 4) {
    for (let k: usize = 0; k <= j; k += 4) {
      let a0 = f64x2.splat(0)
      let a1 = a0
      let b0 = a0
      let b1 = a0
      let c0 = a0
      let c1 = a0
      let d0 = a0
      let d1 = a0
      let left = weighted + (j << 3)
      let right = packed + (k << 3)
      for (let i: usize = 0; i < rows; i++, left += bytes, right += bytes) {
        const r0 = v128.load(right)
        const r1 = v128.load(right, 16)
        const a = v128.load64_splat(left)
        a0 = f64x2.add(a0, f64x2.mul(a, r0))
        a1 = f64x2.add(a1, f64x2.mul(a, r1))
        const b = v128.load64_splat(left, 8)
        b0 = f64x2.add(b0, f64x2.mul(b, r0))
        b1 = f64x2.add(b1, f64x2.mul(b, r1))
        const c = v128.load64_splat(left, 16)
        c0 = f64x2.add(c0, f64x2.mul(c, r0))
        c1 = f64x2.add(c1, f64x2.mul(c, r1))
        const d = v128.load64_splat(left, 24)
        d0 = f64x2.add(d0, f64x2.mul(d, r0))
        d1 = f64x2.add(d1, f64x2.mul(d, r1))
      }
      let to = h + ((j * width + k) << 3)
      add(to, a0, a1)
      to += bytes
      add(to, b0, b1)
      to += bytes
      add(to, c0, c1)
      to += bytes
      add(to, d0, d1)
    }
  }
}

function add(to: usize, low: v128, high: v128): void {
  v128.store(to, f64x2.add(v128.load(to), low))
  v128.store(to, f64x2.add(v128.load(to, 16), high), 16)
}
