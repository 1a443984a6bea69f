// X times the coefficients of a model, also where that leaves the doubles.
import { type Design, eachBlock } from './design.ts'
import type { Matrix } from './matrix.ts'

type Rows = readonly (readonly number[])[]

/** X Wᵀ · 2⁻ᵉ, W with K rows of p coefficients: n × K. Where terms leave the doubles on the way, what comes out is not finite. */
export function product(X: Matrix | Design, W: Rows, e = 0): Float64Array {
  const K = W.length
  const w = W.map((row) => row.map((v) => timesPowerOfTwo(v, -e)))
  return 'reader' in X ? ofDesign(X, w, K) : ofMatrix(X, w, K)
}

function ofDesign(design: Design, W: Rows, K: number): Float64Array {
  const { rows, columns, blockRows } = design
  const w = Float64Array.from({ length: columns * K }, (_, q) => W[q % K][Math.floor(q / K)])
  const reader = design.reader()
  const block = new Float64Array(blockRows * K)
  const eta = new Float64Array(rows * K)
  eachBlock(design, reader, (first, count) => {
    reader.multiply(w, K, block)
    eta.set(block.subarray(0, count * K), first * K)
  })
  return eta
}

function ofMatrix({ data, shape, stride, offset }: Matrix, W: Rows, K: number): Float64Array {
  const [n, p] = shape
  const eta = new Float64Array(n * K)
  for (let i = 0; i < n; i++)
    for (let k = 0; k < K; k++) {
      const w = W[k]
      let z = 0
      for (let j = 0, q = offset + i * stride[0]; j < p; j++, q += stride[1]) z += data[q] * w[j]
      eta[i * K + k] = z
    }
  return eta
}

/** The least e for which no sum in {@link product} can leave the doubles. */
export function roomFor(W: Rows): number {
  const largest = W.flat().reduce((max, w) => Math.max(max, Math.abs(w)), 1)
  return Math.ceil(Math.log2(W[0].length + 2)) + Math.ceil(Math.log2(largest))
}

/** x · 2ᵉ, where 2ᵉ may be no double. */
export function timesPowerOfTwo(x: number, e: number): number {
  const half = Math.trunc(e / 2)
  return x * 2 ** half * 2 ** (e - half)
}
