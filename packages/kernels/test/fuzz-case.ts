// One random case: matrices of any shape, scale and layout, any loss and point, against plain TypeScript. A number may be off by 1e-12 of
// the sum of the sizes of its terms.
import {
  binaryCrossEntropy,
  binaryCrossEntropyBlocks,
  categoricalCrossEntropy,
  categoricalCrossEntropyBlocks,
} from '@logodds/core'
import {
  type Design,
  type MatrixLike,
  objective,
  csr as plainCsr,
  dense as plainDense,
} from '@logodds/linear'
import { engage } from '../src/crew.ts'
import { csc, csr, dense, free, sortDoubles, threads } from '../src/index.ts'
import { wrongMoments } from './moments.ts'

const TOLERANCE = 1e-12
// Subnormal numbers and what comes of them.
const TINY = 1e-290

const KINDS = ['float64', 'float32', 'streamed', 'csr', 'csc'] as const
const SIZES = [1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 31, 33, 64, 65, 100, 129, 200, 257, 513, 1000, 2049, 5000]

/** Mulberry32: uniform in [0, 1). */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Case {
  readonly kind: (typeof KINDS)[number]
  readonly n: number
  readonly p: number
  /** n × p, row-major. */
  readonly x: Float64Array
  /** Of each column: about how large its numbers are. */
  readonly scale: Float64Array
  readonly random: () => number
  readonly said: string
}

function caseOf(seed: number): Case {
  const random = chance(seed)
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)]
  // Some large enough for several threads.
  const most = random() < 0.05 ? 400_000 : 20_000
  const n = pick(SIZES.filter((size) => size <= most))
  const p = pick(SIZES.filter((size) => size * n <= most && size <= 300))
  const kind = pick(KINDS)
  const decades = pick([0, 1, 3, kind === 'float32' ? 10 : 100])
  const scale = Float64Array.from({ length: p }, () => 10 ** (decades * (2 * random() - 1)))
  const zeros = pick([0, 0, 0.5, 0.95])
  const away = pick([0, 0, 1, 20])
  const x = Float64Array.from({ length: n * p }, (_, q) =>
    random() < zeros ? 0 : scale[q % p] * (2 * random() - 1 + away),
  )
  if (kind === 'float32') for (let q = 0; q < x.length; q++) x[q] = Math.fround(x[q])
  return { kind, n, p, x, scale, random, said: `${kind} ${n} × ${p}, scales 1e±${decades}` }
}

/** The same numbers in some other layout. */
function laidOut({ n, p, x, kind, random }: Case): MatrixLike {
  const layout = Math.floor(random() * 5)
  if (layout === 0 && kind !== 'streamed')
    return Array.from({ length: n }, (_, i) => Array.from(x.subarray(i * p, (i + 1) * p)))
  const [stride, offset, size] = (
    [
      [[p, 1], 0, n * p],
      [[p, 1], 0, n * p],
      [[1, n], 0, n * p],
      [[2 * p + 3, 2], 5, n * (2 * p + 3) + 5],
      [[-p, -1], n * p - 1, n * p],
    ] as const
  )[layout]
  const data = new Float64Array(size)
  x.forEach((v, q) => {
    data[offset + Math.floor(q / p) * stride[0] + (q % p) * stride[1]] = v
  })
  return { data, shape: [n, p], stride: [...stride], offset }
}

/** scipy's arrays of the rows, or of the columns. */
function compressed({ n, p, x }: Case, byColumns: boolean) {
  const [outer, inner] = byColumns ? [p, n] : [n, p]
  const [data, indices, indptr]: number[][] = [[], [], [0]]
  for (let a = 0; a < outer; a++) {
    for (let b = 0; b < inner; b++) {
      const v = byColumns ? x[b * p + a] : x[a * p + b]
      if (v) {
        data.push(v)
        indices.push(b)
      }
    }
    indptr.push(data.length)
  }
  return { data, indices, indptr }
}

function designOf(one: Case): Design {
  if (one.kind === 'csr') return csr({ ...compressed(one, false), columns: one.p })
  if (one.kind === 'csc') return csc({ ...compressed(one, true), rows: one.n })
  if (one.kind === 'streamed') return dense(laidOut(one), { stream: true })
  return dense(laidOut(one), { dtype: one.kind })
}

/** What is wrong with this case, in words; nothing if nothing is. */
export function fuzz(seed: number): string[] {
  const one = caseOf(seed)
  const { n, p, x, scale, random, kind } = one
  threads(1 + (seed % 3))
  if (8 * n * p >= 2 ** 20) engage()
  const wrong: string[] = []
  const isSparse = kind === 'csr' || kind === 'csc'
  const flat = { data: x, shape: [n, p], stride: [p, 1], offset: 0 }
  let plain = plainDense(flat)
  const held = designOf(one)
  let fast = held

  const weights = Float64Array.from({ length: n }, () => (random() < 0.1 && n > 2 ? 0 : 0.1 + random()))
  const sum = weights.reduce((a, b) => a + b, 0)
  if (!(sum > 0)) weights.fill(1)
  const shares = weights.map((v) => v / (sum || n))
  const own = isSparse ? plainCsr({ ...compressed(one, false), columns: p }) : plain
  wrong.push(...wrongMoments(fast.moments(shares), own.moments(shares)))

  // Centre, scale and leave out.
  let keep = Int32Array.from({ length: p }, (_, j) => j)
  const mean = new Float64Array(p)
  const inverse = new Float64Array(p).fill(1)
  if (random() < 0.5) {
    const far = random() < 0.3 ? 30 : 1
    keep = keep.filter((j) => random() < 0.8 || p === 1 || j === 0)
    scale.forEach((size, j) => {
      mean[j] = size * far * (2 * random() - 1)
      inverse[j] = 1 / (size * (0.3 + random()))
    })
    const divisor = inverse.map((v) => 1 / v)
    plain = plain.rescaled(mean, divisor, keep)
    fast = fast.rescaled(mean, divisor, keep)
  }
  const intercept = random() < 0.7
  if (intercept) {
    plain = plain.withIntercept()
    fast = fast.withIntercept()
  }

  const size = plain.columns
  const K = random() < 0.6 ? 1 : 2 + Math.floor(4 * random())
  const loss =
    K > 1
      ? { ...categoricalCrossEntropy, blocks: categoricalCrossEntropyBlocks }
      : { ...binaryCrossEntropy, blocks: binaryCrossEntropyBlocks }
  const y = Float64Array.from({ length: n }, () =>
    K > 1 ? Math.floor(K * random()) : random() < 0.8 ? +(random() < 0.5) : random(),
  )
  const offset =
    random() < 0.4 ? Float64Array.from({ length: n * K }, () => 3 * (2 * random() - 1)) : undefined
  const problem = { loss, y, weights, offset, width: K }
  const [expected, got] = [objective({ design: plain, ...problem }), objective({ design: fast, ...problem })]

  // Sizes of the terms: of each number of the design, where it is centred and where sums over it are.
  const centredEach = !isSparse && keep.some((j) => Math.abs(mean[j] * inverse[j]) > 8)
  const sizes = new Float64Array(n * size).fill(1)
  for (let i = 0; i < n; i++)
    keep.forEach((c, j) => {
      const v = x[i * p + c]
      sizes[i * size + j] =
        (centredEach ? Math.abs(v - mean[c]) : Math.abs(v) + Math.abs(mean[c])) * Math.abs(inverse[c])
    })
  const length = 10 ** (5 * random() - 2)
  const vector = () =>
    Float64Array.from({ length: size * K }, (_, q) => {
      const j = Math.floor(q / K)
      const c = keep[j]
      const unit = j < keep.length ? scale[c] * inverse[c] : 1
      return ((2 * random() - 1) * length) / unit
    })
  const sizeOfEta = (at: Float64Array) =>
    shares.map((_, i) => {
      let total = 1
      for (let j = 0; j < size; j++)
        for (let k = 0; k < K; k++) total += sizes[i * size + j] * Math.abs(at[j * K + k])
      for (let k = 0; k < K; k++) total += Math.abs(offset?.[i * K + k] ?? 0)
      return total
    })

  const compare = (name: string, a: ArrayLike<number>, b: ArrayLike<number>, terms: ArrayLike<number>) => {
    for (let q = 0; q < a.length; q++)
      if (!(Math.abs(a[q] - b[q]) <= TOLERANCE * terms[q] + TINY)) {
        wrong.push(`${name} ${q}: ${b[q]}, expected ${a[q]}, of terms ${terms[q]}`)
        return
      }
  }
  const answers = () => [0, 0].map(() => new Float64Array(size * K))
  for (let round = 0; round < 2; round++) {
    const at = vector()
    const along = vector()
    const eta = sizeOfEta(at)
    const moved = sizeOfEta(along)
    const value = eta.reduce((total, v, i) => total + shares[i] * v, 0)
    const down = (of: (i: number) => number) =>
      Float64Array.from({ length: size * K }, (_, q) => {
        let total = 0
        for (let i = 0; i < n; i++) total += shares[i] * sizes[i * size + Math.floor(q / K)] * of(i)
        return total
      })
    const asks = ['value', 'gradient', 'curvature', ...((size * K) ** 2 * n < 3e7 ? ['hessian'] : [])]
    for (const ask of asks.sort(() => random() - 0.5)) {
      if (ask === 'value') compare(ask, [expected({ ask, at })], [got({ ask, at })], [value])
      if (ask === 'gradient') {
        const [a, b] = answers()
        const values = [expected({ ask, at, gradient: a }), got({ ask, at, gradient: b })]
        compare('value with gradient', values, [values[1], values[1]], [value, value])
        compare(
          ask,
          a,
          b,
          down((i) => eta[i]),
        )
      }
      if (ask === 'curvature') {
        const [a, b] = answers()
        expected({ ask, at, along, product: a })
        got({ ask, at, along, product: b })
        compare(
          ask,
          a,
          b,
          down((i) => eta[i] * moved[i]),
        )
      }
      if (ask === 'hessian') {
        const [a, b] = answers()
        const [ha, hb] = [0, 0].map(() => new Float64Array((size * K) ** 2))
        expected({ ask, at, gradient: a, hessian: ha })
        got({ ask, at, gradient: b, hessian: hb })
        compare(
          'gradient with Hessian',
          a,
          b,
          down((i) => eta[i]),
        )
        const terms = new Float64Array((size * K) ** 2)
        for (let r = 0; r < size; r++)
          for (let c = 0; c < size; c++) {
            let total = 0
            for (let i = 0; i < n; i++)
              total += shares[i] * sizes[i * size + r] * sizes[i * size + c] * eta[i]
            for (let k = 0; k < K * K; k++)
              terms[(r * K + Math.floor(k / K)) * size * K + c * K + (k % K)] = total
          }
        compare(ask, ha, hb, terms)
      }
    }
  }
  free(held)

  const keys = Float64Array.from({ length: Math.floor(10 ** (4.5 * random())) }, () =>
    random() < 0.01 ? [Number.NaN, -0, 0, Number.NEGATIVE_INFINITY][Math.floor(4 * random())] : random() ** 9,
  )
  const sorted = keys.slice().sort()
  if (!sortDoubles(keys).every((v, q) => Object.is(v, sorted[q]))) wrong.push('sortDoubles')

  // What is not finite is refused in the same words.
  const at = Math.floor(random() * n * p)
  x[at] = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][Math.floor(3 * random())]
  const words = [() => plainDense(flat), () => dense(laidOut(one)).reader()].map((make) => {
    try {
      make()
    } catch (error) {
      return String(error)
    }
    return undefined
  })
  if (!(words[0] && words[0] === words[1])) wrong.push(`refused: ${words[1]}, expected ${words[0]}`)
  return wrong.map((what) => `seed ${seed}, ${one.said}, K = ${K}: ${what}`)
}
