// Products of compressed sparse rows with as many columns at once as rows of W, R and G have, `stride` bytes apart, a multiple of 16. Up to ten
// numbers of a row stay in registers while its entries go by. Places of rows are as in ../sparse/products.

/** out ← X W + the row behind the p rows of W. */
export function multiplyColumns<Index>(
  starts: usize,
  indices: usize,
  values: usize,
  rows: usize,
  p: usize,
  w: usize,
  stride: usize,
  out: usize,
): void {
  const bias = w + p * stride
  for (let i: usize = 0; i < rows; i++, starts += 4, out += stride) {
    const first = <usize>load<u32>(starts)
    const x = values + (first << 3)
    const index = indices + first * sizeof<Index>()
    const end = values + ((<usize>load<u32>(starts, 4)) << 3)
    let k: usize = 0
    for (; k + 80 <= stride; k += 80) sumFive<Index>(x, end, index, w + k, stride, bias + k, out + k)
    for (; k + 48 <= stride; k += 48) sumThree<Index>(x, end, index, w + k, stride, bias + k, out + k)
    if (k + 32 <= stride) sumTwo<Index>(x, end, index, w + k, stride, bias + k, out + k)
    else if (k < stride) sumOne<Index>(x, end, index, w + k, stride, bias + k, out + k)
  }
}

/** G += Xᵀ R. */
export function addColumns<Index>(
  starts: usize,
  indices: usize,
  values: usize,
  rows: usize,
  r: usize,
  stride: usize,
  g: usize,
): void {
  for (let i: usize = 0; i < rows; i++, starts += 4, r += stride) {
    const first = <usize>load<u32>(starts)
    const x = values + (first << 3)
    const index = indices + first * sizeof<Index>()
    const end = values + ((<usize>load<u32>(starts, 4)) << 3)
    let k: usize = 0
    for (; k + 80 <= stride; k += 80) spreadFive<Index>(x, end, index, r + k, stride, g + k)
    for (; k + 48 <= stride; k += 48) spreadThree<Index>(x, end, index, r + k, stride, g + k)
    if (k + 32 <= stride) spreadTwo<Index>(x, end, index, r + k, stride, g + k)
    else if (k < stride) spreadOne<Index>(x, end, index, r + k, stride, g + k)
  }
}

function sumFive<Index>(
  x: usize,
  end: usize,
  index: usize,
  w: usize,
  stride: usize,
  bias: usize,
  out: usize,
): void {
  let a = v128.load(bias)
  let b = v128.load(bias, 16)
  let c = v128.load(bias, 32)
  let d = v128.load(bias, 48)
  let e = v128.load(bias, 64)
  for (; x < end; x += 8, index += sizeof<Index>()) {
    const v = v128.load64_splat(x)
    const row = w + <usize>load<Index>(index) * stride
    a = f64x2.add(a, f64x2.mul(v, v128.load(row)))
    b = f64x2.add(b, f64x2.mul(v, v128.load(row, 16)))
    c = f64x2.add(c, f64x2.mul(v, v128.load(row, 32)))
    d = f64x2.add(d, f64x2.mul(v, v128.load(row, 48)))
    e = f64x2.add(e, f64x2.mul(v, v128.load(row, 64)))
  }
  v128.store(out, a)
  v128.store(out, b, 16)
  v128.store(out, c, 32)
  v128.store(out, d, 48)
  v128.store(out, e, 64)
}

function sumThree<Index>(
  x: usize,
  end: usize,
  index: usize,
  w: usize,
  stride: usize,
  bias: usize,
  out: usize,
): void {
  let a = v128.load(bias)
  let b = v128.load(bias, 16)
  let c = v128.load(bias, 32)
  for (; x < end; x += 8, index += sizeof<Index>()) {
    const v = v128.load64_splat(x)
    const row = w + <usize>load<Index>(index) * stride
    a = f64x2.add(a, f64x2.mul(v, v128.load(row)))
    b = f64x2.add(b, f64x2.mul(v, v128.load(row, 16)))
    c = f64x2.add(c, f64x2.mul(v, v128.load(row, 32)))
  }
  v128.store(out, a)
  v128.store(out, b, 16)
  v128.store(out, c, 32)
}

function sumTwo<Index>(
  x: usize,
  end: usize,
  index: usize,
  w: usize,
  stride: usize,
  bias: usize,
  out: usize,
): void {
  let a = v128.load(bias)
  let b = v128.load(bias, 16)
  for (; x < end; x += 8, index += sizeof<Index>()) {
    const v = v128.load64_splat(x)
    const row = w + <usize>load<Index>(index) * stride
    a = f64x2.add(a, f64x2.mul(v, v128.load(row)))
    b = f64x2.add(b, f64x2.mul(v, v128.load(row, 16)))
  }
  v128.store(out, a)
  v128.store(out, b, 16)
}

function sumOne<Index>(
  x: usize,
  end: usize,
  index: usize,
  w: usize,
  stride: usize,
  bias: usize,
  out: usize,
): void {
  let a = v128.load(bias)
  for (; x < end; x += 8, index += sizeof<Index>()) {
    const v = v128.load64_splat(x)
    const row = w + <usize>load<Index>(index) * stride
    a = f64x2.add(a, f64x2.mul(v, v128.load(row)))
  }
  v128.store(out, a)
}

function spreadFive<Index>(x: usize, end: usize, index: usize, r: usize, stride: usize, g: usize): void {
  const a = v128.load(r)
  const b = v128.load(r, 16)
  const c = v128.load(r, 32)
  const d = v128.load(r, 48)
  const e = v128.load(r, 64)
  for (; x < end; x += 8, index += sizeof<Index>()) {
    const v = v128.load64_splat(x)
    const row = g + <usize>load<Index>(index) * stride
    v128.store(row, f64x2.add(v128.load(row), f64x2.mul(v, a)))
    v128.store(row, f64x2.add(v128.load(row, 16), f64x2.mul(v, b)), 16)
    v128.store(row, f64x2.add(v128.load(row, 32), f64x2.mul(v, c)), 32)
    v128.store(row, f64x2.add(v128.load(row, 48), f64x2.mul(v, d)), 48)
    v128.store(row, f64x2.add(v128.load(row, 64), f64x2.mul(v, e)), 64)
  }
}

function spreadThree<Index>(x: usize, end: usize, index: usize, r: usize, stride: usize, g: usize): void {
  const a = v128.load(r)
  const b = v128.load(r, 16)
  const c = v128.load(r, 32)
  for (; x < end; x += 8, index += sizeof<Index>()) {
    const v = v128.load64_splat(x)
    const row = g + <usize>load<Index>(index) * stride
    v128.store(row, f64x2.add(v128.load(row), f64x2.mul(v, a)))
    v128.store(row, f64x2.add(v128.load(row, 16), f64x2.mul(v, b)), 16)
    v128.store(row, f64x2.add(v128.load(row, 32), f64x2.mul(v, c)), 32)
  }
}

function spreadTwo<Index>(x: usize, end: usize, index: usize, r: usize, stride: usize, g: usize): void {
  const a = v128.load(r)
  const b = v128.load(r, 16)
  for (; x < end; x += 8, index += sizeof<Index>()) {
    const v = v128.load64_splat(x)
    const row = g + <usize>load<Index>(index) * stride
    v128.store(row, f64x2.add(v128.load(row), f64x2.mul(v, a)))
    v128.store(row, f64x2.add(v128.load(row, 16), f64x2.mul(v, b)), 16)
  }
}

function spreadOne<Index>(x: usize, end: usize, index: usize, r: usize, stride: usize, g: usize): void {
  const a = v128.load(r)
  for (; x < end; x += 8, index += sizeof<Index>()) {
    const v = v128.load64_splat(x)
    const row = g + <usize>load<Index>(index) * stride
    v128.store(row, f64x2.add(v128.load(row), f64x2.mul(v, a)))
  }
}
