// Zeros in a dense matrix, found and left out where that pays.
import { rowsOf } from './csr.ts'
import { strided } from './dense.ts'
import type { Design } from './design.ts'
import { asMatrix, type MatrixLike } from './matrix.ts'
import { sparseDesign } from './sparse-design.ts'

// An entry of a sparse row costs about as much as two of a dense one. Measured for 10 to 784 columns, one and ten columns of η, products and
// Gram matrices: below this share none is slower as compressed rows, and with a tenth most take a fifth of the time.
const MOST_ENTRIES = 0.4

/**
 * The design in which X is cheaper to go through: that of `csr` where at most 40 % of its numbers are not zero, else that of `dense`. The models
 * are the same up to rounding. One look at the numbers more than `dense`.
 *
 * @param X n × p: an ndarray of any stride, or an array of rows; not changed
 * @throws RangeError as `dense`
 */
export function sparseOrDense(X: MatrixLike): Design {
  const matrix = asMatrix('sparseOrDense', X)
  const { data, shape, stride, offset } = matrix
  const [n, p] = shape
  let count = 0
  for (let i = 0; i < n; i++)
    for (let j = 0, q = offset + i * stride[0]; j < p; j++, q += stride[1]) count += +(data[q] !== 0)
  return count <= MOST_ENTRIES * n * p ? sparseDesign(rowsOf(matrix)) : strided(matrix)
}
