// The Gram matrix of rows of single precision, A = Σ aᵢaᵢᵀ, its factor U with A = UᵀU, and solutions of Ax = b. Columns go in panels of eight:
// of a panel, the eight numbers of each row lie one behind the other, row after row, so that all that a product reads is in order. Of the
// matrices, the rows above and in the diagonal block of each panel are kept.

const LANES: usize = 8
/** Bytes of a row of a panel. */
const ROW: usize = 32

/** Σᵢ left[i][0…3]ᵀ right[i][0…7] over rows of two panels, added to (or, with −1, taken from) four rows at `to`. */
function addTile(left: usize, right: usize, rows: usize, sign: f32, to: usize): void {
  let a0 = f32x4.splat(0)
  let a1 = a0
  let b0 = a0
  let b1 = a0
  let c0 = a0
  let c1 = a0
  let d0 = a0
  let d1 = a0
  for (const end = left + rows * ROW; left < end; left += ROW, right += ROW) {
    const r0 = v128.load(right)
    const r1 = v128.load(right, 16)
    const a = v128.load32_splat(left)
    a0 = f32x4.add(a0, f32x4.mul(a, r0))
    a1 = f32x4.add(a1, f32x4.mul(a, r1))
    const b = v128.load32_splat(left, 4)
    b0 = f32x4.add(b0, f32x4.mul(b, r0))
    b1 = f32x4.add(b1, f32x4.mul(b, r1))
    const c = v128.load32_splat(left, 8)
    c0 = f32x4.add(c0, f32x4.mul(c, r0))
    c1 = f32x4.add(c1, f32x4.mul(c, r1))
    const d = v128.load32_splat(left, 12)
    d0 = f32x4.add(d0, f32x4.mul(d, r0))
    d1 = f32x4.add(d1, f32x4.mul(d, r1))
  }
  const factor = f32x4.splat(sign)
  add(to, factor, a0, a1)
  add(to + ROW, factor, b0, b1)
  add(to + 2 * ROW, factor, c0, c1)
  add(to + 3 * ROW, factor, d0, d1)
}

function add(to: usize, factor: v128, low: v128, high: v128): void {
  v128.store(to, f32x4.add(v128.load(to), f32x4.mul(factor, low)))
  v128.store(to, f32x4.add(v128.load(to, 16), f32x4.mul(factor, high)), 16)
}

/** A += Σ aᵢaᵢᵀ for rows in panels that have room for `room` rows each. */
export function gram(packed: usize, rows: usize, room: usize, panels: usize, a: usize): void {
  const height = panels * LANES * ROW
  for (let k: usize = 0; k < panels; k++) {
    const right = packed + k * room * ROW
    const to = a + k * height
    for (let j: usize = 0; j <= k; j++) {
      const left = packed + j * room * ROW
      const at = to + j * LANES * ROW
      addTile(left, right, rows, 1, at)
      addTile(left + 16, right, rows, 1, at + 4 * ROW)
    }
  }
}

/** U in the place of A, row by row of blocks; false as soon as a pivot is not above `least`. */
export function factorize(a: usize, panels: usize, least: f32): bool {
  const height = panels * LANES * ROW
  for (let j: usize = 0; j < panels; j++) {
    const own = a + j * height
    const above = j * LANES
    const diagonal = own + above * ROW
    for (let k = j; k < panels; k++) {
      const right = a + k * height
      const block = right + above * ROW
      addTile(own, right, above, -1, block)
      addTile(own + 16, right, above, -1, block + 4 * ROW)
      if (k === j) {
        if (!factorizeBlock(block, least)) return false
      } else solveBlock(diagonal, block)
    }
  }
  return true
}

/** The same for one block of 8 × 8; below the diagonal is nothing. */
function factorizeBlock(block: usize, least: f32): bool {
  for (let r: usize = 0; r < LANES; r++) {
    const row = block + r * ROW
    const pivot = load<f32>(row + (r << 2))
    if (!(pivot > least)) return false
    const scale: f32 = 1 / sqrt<f32>(pivot)
    for (let c: usize = 0; c < LANES; c++)
      store<f32>(row + (c << 2), c < r ? 0 : load<f32>(row + (c << 2)) * scale)
    for (let below = r + 1; below < LANES; below++) {
      const share = load<f32>(row + (below << 2))
      const to = block + below * ROW
      for (let c = below; c < LANES; c++)
        store<f32>(to + (c << 2), load<f32>(to + (c << 2)) - share * load<f32>(row + (c << 2)))
    }
  }
  return true
}

/** Uᵀ⁻¹ times a block of eight rows, U being the diagonal block. */
function solveBlock(diagonal: usize, block: usize): void {
  for (let r: usize = 0; r < LANES; r++) {
    const row = block + r * ROW
    let low = v128.load(row)
    let high = v128.load(row, 16)
    for (let b: usize = 0; b < r; b++) {
      const share = v128.load32_splat(diagonal + b * ROW + (r << 2))
      low = f32x4.sub(low, f32x4.mul(share, v128.load(block + b * ROW)))
      high = f32x4.sub(high, f32x4.mul(share, v128.load(block + b * ROW, 16)))
    }
    const scale = f32x4.splat(<f32>1 / load<f32>(diagonal + r * ROW + (r << 2)))
    v128.store(row, f32x4.mul(low, scale))
    v128.store(row, f32x4.mul(high, scale), 16)
  }
}

/** Two numbers of a row of a panel as doubles. */
function two(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at))
}

/** z ← (UᵀU)⁻¹ z, in doubles. */
export function solve(u: usize, panels: usize, z: usize): void {
  const height = panels * LANES * ROW
  for (let k: usize = 0; k < panels; k++) {
    const here = z + k * LANES * 8
    let panel = u + k * height
    let a = v128.load(here)
    let b = v128.load(here, 16)
    let c = v128.load(here, 32)
    let d = v128.load(here, 48)
    for (let from = z; from < here; from += 8, panel += ROW) {
      const v = v128.load64_splat(from)
      a = f64x2.sub(a, f64x2.mul(v, two(panel)))
      b = f64x2.sub(b, f64x2.mul(v, two(panel + 8)))
      c = f64x2.sub(c, f64x2.mul(v, two(panel + 16)))
      d = f64x2.sub(d, f64x2.mul(v, two(panel + 24)))
    }
    v128.store(here, a)
    v128.store(here, b, 16)
    v128.store(here, c, 32)
    v128.store(here, d, 48)
    for (let r: usize = 0; r < LANES; r++) {
      const row = panel + r * ROW
      const v = load<f64>(here + (r << 3)) / <f64>load<f32>(row + (r << 2))
      store<f64>(here + (r << 3), v)
      for (let q = r + 1; q < LANES; q++)
        store<f64>(here + (q << 3), load<f64>(here + (q << 3)) - v * <f64>load<f32>(row + (q << 2)))
    }
  }
  for (let k = panels; k-- > 0; ) {
    const here = z + k * LANES * 8
    let panel = u + k * height
    const block = panel + k * LANES * ROW
    for (let r = LANES; r-- > 0; ) {
      const row = block + r * ROW
      let v = load<f64>(here + (r << 3))
      for (let q = r + 1; q < LANES; q++) v -= <f64>load<f32>(row + (q << 2)) * load<f64>(here + (q << 3))
      store<f64>(here + (r << 3), v / <f64>load<f32>(row + (r << 2)))
    }
    const a = v128.load(here)
    const b = v128.load(here, 16)
    const c = v128.load(here, 32)
    const d = v128.load(here, 48)
    for (let to = z; to < here; to += 8, panel += ROW) {
      const ab = f64x2.add(f64x2.mul(a, two(panel)), f64x2.mul(b, two(panel + 8)))
      const cd = f64x2.add(f64x2.mul(c, two(panel + 16)), f64x2.mul(d, two(panel + 24)))
      const sum = f64x2.add(ab, cd)
      store<f64>(to, load<f64>(to) - (f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)))
    }
  }
}
