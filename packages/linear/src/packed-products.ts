// Products of a packed row-major block (m × p, in cache) with vectors and matrices. Each takes its sums in an order that depends on
// the shapes alone, so that one problem gives the same bits alone and among others.

// Four rows at a time: four independent sums hide the latency of addition, each still in the order of the columns.
export function multiplyVector(
  x: Float64Array,
  m: number,
  p: number,
  w: Float64Array,
  out: Float64Array,
): void {
  let i = 0
  for (; i + 4 <= m; i += 4) {
    const a = i * p
    const b = a + p
    const c = b + p
    const d = c + p
    let za = 0
    let zb = 0
    let zc = 0
    let zd = 0
    for (let j = 0; j < p; j++) {
      const wj = w[j]
      za += x[a + j] * wj
      zb += x[b + j] * wj
      zc += x[c + j] * wj
      zd += x[d + j] * wj
    }
    out[i] = za
    out[i + 1] = zb
    out[i + 2] = zc
    out[i + 3] = zd
  }
  for (; i < m; i++) {
    let z = 0
    for (let j = 0, a = i * p; j < p; j++) z += x[a + j] * w[j]
    out[i] = z
  }
}

// Four rows at a time: one load and store of the gradient for four multiply-adds.
export function multiplyTransposedVector(
  x: Float64Array,
  m: number,
  p: number,
  r: Float64Array,
  out: Float64Array,
): void {
  let i = 0
  for (; i + 4 <= m; i += 4) {
    const a = i * p
    const b = a + p
    const c = b + p
    const d = c + p
    const ra = r[i]
    const rb = r[i + 1]
    const rc = r[i + 2]
    const rd = r[i + 3]
    for (let j = 0; j < p; j++) out[j] += ra * x[a + j] + rb * x[b + j] + (rc * x[c + j] + rd * x[d + j])
  }
  for (; i < m; i++) {
    const ri = r[i]
    for (let j = 0, a = i * p; j < p; j++) out[j] += ri * x[a + j]
  }
}

export function gramMatrix(
  x: Float64Array,
  m: number,
  p: number,
  s: Float64Array,
  out: Float64Array,
  stride: number,
): void {
  let i = 0
  for (; i + 4 <= m; i += 4) {
    const a = i * p
    const b = a + p
    const c = b + p
    const d = c + p
    for (let j = 0; j < p; j++) {
      const sa = s[i] * x[a + j]
      const sb = s[i + 1] * x[b + j]
      const sc = s[i + 2] * x[c + j]
      const sd = s[i + 3] * x[d + j]
      for (let l = 0, to = j * stride; l <= j; l++)
        out[to + l] += sa * x[a + l] + sb * x[b + l] + (sc * x[c + l] + sd * x[d + l])
    }
  }
  for (; i < m; i++)
    for (let j = 0, a = i * p; j < p; j++) {
      const sx = s[i] * x[a + j]
      for (let l = 0, to = j * stride; l <= j; l++) out[to + l] += sx * x[a + l]
    }
}
