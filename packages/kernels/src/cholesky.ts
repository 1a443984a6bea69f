// M⁻¹ by Cholesky's factorisation, in memory of its own, so that it stays whatever else is asked.
import { wasm } from './cholesky.generated.ts'
import { takeMemory } from './memory-pool.ts'
import { compiled, instantiate } from './web-assembly.ts'

interface Exports {
  /** Whether it is positive definite: 1 or 0. */
  cholesky(a: number, p: number, stride: number): number
  solve(l: number, p: number, stride: number, b: number): void
}

let module: object | undefined

// What the module keeps in memory itself: nothing but this.
const RESERVED = 1024
// Added to the diagonal where M is not positive definite, and a hundred times as much each time that is not enough.
const SHARE = 1e-14
// By then the diagonal outweighs everything, unless there are numbers that are none.
const LAST_SHARE = 1e6

/**
 * v ↦ out = M⁻¹v of a symmetric M. Where M is not positive definite to working precision, a share of its diagonal is added that makes it so, 1
 * where that is not above 0; the diagonal stands for an M that holds what is no number.
 *
 * @param p M is p × p
 * @param entry M at row j, column l ≤ j; asked once for each
 * @throws RangeError where there is not as much memory
 */
export function inverseOf(
  p: number,
  entry: (j: number, l: number) => number,
): (v: Float64Array, out: Float64Array) => void {
  // Rows of an even number of doubles, the factor, and the matrix as it was.
  const width = (p + 1) & ~1
  const bytes = 8 * width * p
  const { memory } = takeMemory(RESERVED + 2 * bytes + 8 * width)
  const { buffer } = memory
  module ??= compiled(wasm)
  const { cholesky, solve } = instantiate<Exports>(module, memory)
  const [b, factor, matrix] = [0, 1, 2].map(
    (k) => new Float64Array(buffer, RESERVED + (k && 8 * width + (k - 1) * bytes), k ? width * p : width),
  )
  for (let j = 0; j < p; j++) for (let l = 0; l <= j; l++) matrix[j * width + l] = entry(j, l)
  let share = 0
  do {
    if (share > LAST_SHARE) factor.fill(0)
    else factor.set(matrix)
    for (let q = 0; q < width * p; q += width + 1)
      factor[q] = matrix[q] > 0 && matrix[q] < Infinity ? matrix[q] * (1 + Math.min(share, LAST_SHARE)) : 1
    share = share * 100 || SHARE * p
  } while (!cholesky(factor.byteOffset, p, 8 * width))
  return (v, out) => {
    b.set(v)
    solve(factor.byteOffset, p, 8 * width, b.byteOffset)
    out.set(b.subarray(0, p))
  }
}
