// Voting among the pairs of a one-vs-one model.
import { type DenseMatrix, type Design, linearPredictor, type MatrixLike, rowMajor } from '@logodds/linear'
import type { OneVsOneModel } from './class-model.ts'

/**
 * How many of its K − 1 pairs each class wins: n × K, in the order of `model.classes`; a score of exactly 0 is half a vote for each. Rows sum to
 * K(K − 1)/2. Several classes may have the most, as where each of three beats the next: {@link decide} with `by: 'votes'` says so.
 *
 * @throws RangeError if X does not have the model's columns or holds a number that is not finite.
 */
export function votes(model: OneVsOneModel, X: MatrixLike | Design): DenseMatrix {
  const { data, shape } = linearPredictor('votes', model, X, {})
  const [n, width] = shape
  const K = model.classes.length
  const count = new Float64Array(n * K)
  for (let i = 0; i < n; i++)
    model.pairs.forEach(([s, t], pair) => {
      const sign = Math.sign(data[i * width + pair])
      count[i * K + s] += (1 - sign) / 2
      count[i * K + t] += (1 + sign) / 2
    })
  return rowMajor(count, n, K)
}
