// Products of a block of rows of a row-major matrix of p columns with as many columns at once as rows of W, R and G have, `stride` bytes apart, a
// multiple of 16. Tiles of four rows, or four columns of the matrix, by up to six numbers stay in registers.
import { addRows } from './add-rows'

/** out ← X W + the row behind W. */
export function multiplyColumns(x: usize, rows: usize, p: usize, w: usize, stride: usize, out: usize): void {
  const xBytes = p << 3
  let i: usize = 0
  for (; i + 4 <= rows; i += 4) {
    const row = x + i * xBytes
    const to = out + i * stride
    let k: usize = 0
    for (; k + 48 <= stride; k += 48) rowsByThree(row, p, w + k, stride, to + k)
    if (k + 32 <= stride) rowsByTwo(row, p, w + k, stride, to + k)
    else if (k < stride) rowsByOne(row, p, w + k, stride, to + k)
  }
  for (; i < rows; i++)
    for (let k: usize = 0; k < stride; k += 16)
      rowByOne(x + i * xBytes, p, w + k, stride, out + i * stride + k)
}

function rowsByThree(x: usize, p: usize, w: usize, stride: usize, out: usize): void {
  const bytes = p << 3
  const x2 = x + bytes
  const x3 = x2 + bytes
  const x4 = x3 + bytes
  const bias = w + p * stride
  let a1 = v128.load(bias)
  let a2 = v128.load(bias, 16)
  let a3 = v128.load(bias, 32)
  let b1 = a1
  let b2 = a2
  let b3 = a3
  let c1 = a1
  let c2 = a2
  let c3 = a3
  let d1 = a1
  let d2 = a2
  let d3 = a3
  for (let q: usize = 0; q < bytes; q += 8, w += stride) {
    const u = v128.load(w)
    const v = v128.load(w, 16)
    const t = v128.load(w, 32)
    const a = v128.load64_splat(x + q)
    a1 = f64x2.add(a1, f64x2.mul(a, u))
    a2 = f64x2.add(a2, f64x2.mul(a, v))
    a3 = f64x2.add(a3, f64x2.mul(a, t))
    const b = v128.load64_splat(x2 + q)
    b1 = f64x2.add(b1, f64x2.mul(b, u))
    b2 = f64x2.add(b2, f64x2.mul(b, v))
    b3 = f64x2.add(b3, f64x2.mul(b, t))
    const c = v128.load64_splat(x3 + q)
    c1 = f64x2.add(c1, f64x2.mul(c, u))
    c2 = f64x2.add(c2, f64x2.mul(c, v))
    c3 = f64x2.add(c3, f64x2.mul(c, t))
    const d = v128.load64_splat(x4 + q)
    d1 = f64x2.add(d1, f64x2.mul(d, u))
    d2 = f64x2.add(d2, f64x2.mul(d, v))
    d3 = f64x2.add(d3, f64x2.mul(d, t))
  }
  v128.store(out, a1)
  v128.store(out, a2, 16)
  v128.store(out, a3, 32)
  out += stride
  v128.store(out, b1)
  v128.store(out, b2, 16)
  v128.store(out, b3, 32)
  out += stride
  v128.store(out, c1)
  v128.store(out, c2, 16)
  v128.store(out, c3, 32)
  out += stride
  v128.store(out, d1)
  v128.store(out, d2, 16)
  v128.store(out, d3, 32)
}

function rowsByTwo(x: usize, p: usize, w: usize, stride: usize, out: usize): void {
  const bytes = p << 3
  const x2 = x + bytes
  const x3 = x2 + bytes
  const x4 = x3 + bytes
  const bias = w + p * stride
  let a1 = v128.load(bias)
  let a2 = v128.load(bias, 16)
  let b1 = a1
  let b2 = a2
  let c1 = a1
  let c2 = a2
  let d1 = a1
  let d2 = a2
  for (let q: usize = 0; q < bytes; q += 8, w += stride) {
    const u = v128.load(w)
    const v = v128.load(w, 16)
    const a = v128.load64_splat(x + q)
    a1 = f64x2.add(a1, f64x2.mul(a, u))
    a2 = f64x2.add(a2, f64x2.mul(a, v))
    const b = v128.load64_splat(x2 + q)
    b1 = f64x2.add(b1, f64x2.mul(b, u))
    b2 = f64x2.add(b2, f64x2.mul(b, v))
    const c = v128.load64_splat(x3 + q)
    c1 = f64x2.add(c1, f64x2.mul(c, u))
    c2 = f64x2.add(c2, f64x2.mul(c, v))
    const d = v128.load64_splat(x4 + q)
    d1 = f64x2.add(d1, f64x2.mul(d, u))
    d2 = f64x2.add(d2, f64x2.mul(d, v))
  }
  v128.store(out, a1)
  v128.store(out, a2, 16)
  out += stride
  v128.store(out, b1)
  v128.store(out, b2, 16)
  out += stride
  v128.store(out, c1)
  v128.store(out, c2, 16)
  out += stride
  v128.store(out, d1)
  v128.store(out, d2, 16)
}

function rowsByOne(x: usize, p: usize, w: usize, stride: usize, out: usize): void {
  const bytes = p << 3
  const x2 = x + bytes
  const x3 = x2 + bytes
  const x4 = x3 + bytes
  let a = v128.load(w + p * stride)
  let b = a
  let c = a
  let d = a
  for (let q: usize = 0; q < bytes; q += 8, w += stride) {
    const u = v128.load(w)
    a = f64x2.add(a, f64x2.mul(v128.load64_splat(x + q), u))
    b = f64x2.add(b, f64x2.mul(v128.load64_splat(x2 + q), u))
    c = f64x2.add(c, f64x2.mul(v128.load64_splat(x3 + q), u))
    d = f64x2.add(d, f64x2.mul(v128.load64_splat(x4 + q), u))
  }
  v128.store(out, a)
  out += stride
  v128.store(out, b)
  out += stride
  v128.store(out, c)
  out += stride
  v128.store(out, d)
}

function rowByOne(x: usize, p: usize, w: usize, stride: usize, out: usize): void {
  let a = v128.load(w + p * stride)
  const end = x + (p << 3)
  for (; x < end; x += 8, w += stride) a = f64x2.add(a, f64x2.mul(v128.load64_splat(x), v128.load(w)))
  v128.store(out, a)
}

/** G += Xᵀ R, and the row behind G += the sum of the rows of R. */
export function addColumns(x: usize, rows: usize, p: usize, r: usize, stride: usize, g: usize): void {
  let j: usize = 0
  for (; j + 4 <= p; j += 4) {
    const column = x + (j << 3)
    const to = g + j * stride
    let k: usize = 0
    for (; k + 48 <= stride; k += 48) columnsByThree(column, rows, p, r + k, stride, to + k)
    if (k + 32 <= stride) columnsByTwo(column, rows, p, r + k, stride, to + k)
    else if (k < stride) columnsByOne(column, rows, p, r + k, stride, to + k)
  }
  for (; j < p; j++)
    for (let k: usize = 0; k < stride; k += 16)
      columnByOne(x + (j << 3), rows, p, r + k, stride, g + j * stride + k)
  addRows(r, rows, stride, g + p * stride)
}

function columnsByThree(x: usize, rows: usize, p: usize, r: usize, stride: usize, g: usize): void {
  const bytes = p << 3
  const g2 = g + stride
  const g3 = g2 + stride
  const g4 = g3 + stride
  let a1 = v128.load(g)
  let a2 = v128.load(g, 16)
  let a3 = v128.load(g, 32)
  let b1 = v128.load(g2)
  let b2 = v128.load(g2, 16)
  let b3 = v128.load(g2, 32)
  let c1 = v128.load(g3)
  let c2 = v128.load(g3, 16)
  let c3 = v128.load(g3, 32)
  let d1 = v128.load(g4)
  let d2 = v128.load(g4, 16)
  let d3 = v128.load(g4, 32)
  const end = r + rows * stride
  for (; r < end; r += stride, x += bytes) {
    const u = v128.load(r)
    const v = v128.load(r, 16)
    const t = v128.load(r, 32)
    const a = v128.load64_splat(x)
    a1 = f64x2.add(a1, f64x2.mul(a, u))
    a2 = f64x2.add(a2, f64x2.mul(a, v))
    a3 = f64x2.add(a3, f64x2.mul(a, t))
    const b = v128.load64_splat(x, 8)
    b1 = f64x2.add(b1, f64x2.mul(b, u))
    b2 = f64x2.add(b2, f64x2.mul(b, v))
    b3 = f64x2.add(b3, f64x2.mul(b, t))
    const c = v128.load64_splat(x, 16)
    c1 = f64x2.add(c1, f64x2.mul(c, u))
    c2 = f64x2.add(c2, f64x2.mul(c, v))
    c3 = f64x2.add(c3, f64x2.mul(c, t))
    const d = v128.load64_splat(x, 24)
    d1 = f64x2.add(d1, f64x2.mul(d, u))
    d2 = f64x2.add(d2, f64x2.mul(d, v))
    d3 = f64x2.add(d3, f64x2.mul(d, t))
  }
  v128.store(g, a1)
  v128.store(g, a2, 16)
  v128.store(g, a3, 32)
  v128.store(g2, b1)
  v128.store(g2, b2, 16)
  v128.store(g2, b3, 32)
  v128.store(g3, c1)
  v128.store(g3, c2, 16)
  v128.store(g3, c3, 32)
  v128.store(g4, d1)
  v128.store(g4, d2, 16)
  v128.store(g4, d3, 32)
}

function columnsByTwo(x: usize, rows: usize, p: usize, r: usize, stride: usize, g: usize): void {
  const bytes = p << 3
  const g2 = g + stride
  const g3 = g2 + stride
  const g4 = g3 + stride
  let a1 = v128.load(g)
  let a2 = v128.load(g, 16)
  let b1 = v128.load(g2)
  let b2 = v128.load(g2, 16)
  let c1 = v128.load(g3)
  let c2 = v128.load(g3, 16)
  let d1 = v128.load(g4)
  let d2 = v128.load(g4, 16)
  const end = r + rows * stride
  for (; r < end; r += stride, x += bytes) {
    const u = v128.load(r)
    const v = v128.load(r, 16)
    const a = v128.load64_splat(x)
    a1 = f64x2.add(a1, f64x2.mul(a, u))
    a2 = f64x2.add(a2, f64x2.mul(a, v))
    const b = v128.load64_splat(x, 8)
    b1 = f64x2.add(b1, f64x2.mul(b, u))
    b2 = f64x2.add(b2, f64x2.mul(b, v))
    const c = v128.load64_splat(x, 16)
    c1 = f64x2.add(c1, f64x2.mul(c, u))
    c2 = f64x2.add(c2, f64x2.mul(c, v))
    const d = v128.load64_splat(x, 24)
    d1 = f64x2.add(d1, f64x2.mul(d, u))
    d2 = f64x2.add(d2, f64x2.mul(d, v))
  }
  v128.store(g, a1)
  v128.store(g, a2, 16)
  v128.store(g2, b1)
  v128.store(g2, b2, 16)
  v128.store(g3, c1)
  v128.store(g3, c2, 16)
  v128.store(g4, d1)
  v128.store(g4, d2, 16)
}

function columnsByOne(x: usize, rows: usize, p: usize, r: usize, stride: usize, g: usize): void {
  const bytes = p << 3
  const g2 = g + stride
  const g3 = g2 + stride
  const g4 = g3 + stride
  let a = v128.load(g)
  let b = v128.load(g2)
  let c = v128.load(g3)
  let d = v128.load(g4)
  const end = r + rows * stride
  for (; r < end; r += stride, x += bytes) {
    const u = v128.load(r)
    a = f64x2.add(a, f64x2.mul(v128.load64_splat(x), u))
    b = f64x2.add(b, f64x2.mul(v128.load64_splat(x, 8), u))
    c = f64x2.add(c, f64x2.mul(v128.load64_splat(x, 16), u))
    d = f64x2.add(d, f64x2.mul(v128.load64_splat(x, 24), u))
  }
  v128.store(g, a)
  v128.store(g2, b)
  v128.store(g3, c)
  v128.store(g4, d)
}

function columnByOne(x: usize, rows: usize, p: usize, r: usize, stride: usize, g: usize): void {
  const bytes = p << 3
  let a = v128.load(g)
  const end = r + rows * stride
  for (; r < end; r += stride, x += bytes) a = f64x2.add(a, f64x2.mul(v128.load64_splat(x), v128.load(r)))
  v128.store(g, a)
}
