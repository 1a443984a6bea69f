// Adds a last column of ones to any design, without storing it: the last row of W holds the intercepts.
import type { BlockReader, Design } from './design.ts'

/** The design [X 1]: p + 1 columns, the last being the intercept. */
export function withIntercept(design: Design): Design {
  return {
    ...design,
    columns: design.columns + 1,
    reader: () => interceptReader(design),
    rescaled: (centre, scale, keep) => withIntercept(design.rescaled(centre, scale, keep)),
  }
}

function interceptReader(design: Design): BlockReader {
  const inner = design.reader()
  const p = design.columns
  let cross = new Float64Array(0)
  let m = 0
  return {
    read(first, rows) {
      m = rows
      inner.read(first, rows)
    },
    multiply(w, width, out) {
      inner.multiply(w, width, out)
      for (let i = 0; i < m; i++) for (let k = 0; k < width; k++) out[i * width + k] += w[p * width + k]
    },
    multiplyTransposed(r, width, out) {
      inner.multiplyTransposed(r, width, out)
      for (let i = 0; i < m; i++) for (let k = 0; k < width; k++) out[p * width + k] += r[i * width + k]
    },
    gram(s, width, out, stride) {
      inner.gram(s, width, out, stride)
      // The rows that belong to the intercepts: Σᵢ Sᵢ ⊗ xᵢ, which is Xᵀ S for S with K² columns, and Σᵢ Sᵢ.
      const square = width * width
      if (cross.length !== (p + 1) * square) cross = new Float64Array((p + 1) * square)
      cross.fill(0)
      inner.multiplyTransposed(s, square, cross)
      for (let i = 0; i < m; i++) for (let q = 0; q < square; q++) cross[p * square + q] += s[i * square + q]
      for (let j = 0; j <= p; j++)
        for (let k = 0; k < width; k++)
          for (let q = 0; q < width; q++)
            out[(p * width + k) * stride + j * width + q] += cross[j * square + k * width + q]
    },
  }
}
