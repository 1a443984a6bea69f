// Some rows in place of all: what stochastic solvers ask for.
import type { Block } from '@logodds/core'
import type { SampleQuery } from '@logodds/optim'
import { demand } from './demand.ts'
import type { Design } from './design.ts'
import type { Problem } from './problem.ts'

/**
 * Answers (n/m) Σ_{i ∈ rows} sᵢ ℓᵢ and its gradient, m being the number of rows asked for: of rows drawn uniformly, the expectation is the
 * data term itself. A row that is named twice counts twice. Costs m/n of a pass.
 */
export function sampledOracle(design: Design, problem: Problem): (query: SampleQuery) => number {
  const { blocks, width: K, y, weights, offset } = problem
  const { rows: n, blockRows } = design
  const reader = design.reader()
  // One target a row, or a vector of them.
  const length = y.length / n
  const scratch = (size: number) => new Float64Array(blockRows * size)
  const eta = scratch(K)
  const targets = scratch(length)
  const block: Block = {
    rows: 0,
    first: 0,
    width: K,
    eta,
    targets,
    weights: scratch(1),
    residual: scratch(K),
    curvature: scratch(0),
  }
  const one = new Int32Array(1)

  return ({ at, gradient, rows }) => {
    const bad = rows.find((i) => !(i >= 0 && i < n))
    demand(bad === undefined && rows.length, 'sample-gradient', `rows from 0 to ${n - 1}`, bad ?? 'none')
    // Without `gather`, a block is as many consecutive rows as the reader can be asked for: one.
    const most = reader.gather ? blockRows : 1
    gradient.fill(0)
    let value = 0
    for (let from = 0; from < rows.length; from += most) {
      const some = rows.subarray(from, from + most)
      if (reader.gather) reader.gather(some)
      else {
        one.set(some)
        reader.read(one[0], 1)
      }
      block.rows = some.length
      reader.multiply(at, K, eta)
      some.forEach((i, r) => {
        block.weights[r] = (weights[i] * n) / rows.length
        for (let t = 0; t < length; t++) targets[r * length + t] = y[i * length + t]
        if (offset) for (let k = 0; k < K; k++) eta[r * K + k] += offset[i * K + k]
      })
      // Rows beyond the last are read as zeros, but what they are multiplied with has to be a number.
      block.residual.fill(0, some.length * K)
      value += blocks.gradient(block)
      reader.multiplyTransposed(block.residual, K, gradient)
    }
    return value
  }
}
