// An oracle whose questions a matrix in linear memory answers by itself, and what it has to remember: for which problem the arrays of the
// rows are written, at which point η and the curvatures are, and where others look for η.
import type { ObjectiveQuery, Problem, ProblemOracle } from '@logodds/linear'

type CurvatureQuery = Extract<ObjectiveQuery, { ask: 'curvature' }>
/** What a pass at a point is asked for. */
export type PointQuery = Exclude<ObjectiveQuery, CurvatureQuery>

/** What is kept of each row, for one problem at a time. */
export interface RowArrays {
  readonly eta: Float64Array
  readonly y: Float64Array
  readonly s: Float64Array
  readonly offset: Float64Array
  problem: { leave(): void } | undefined
}

/** One pass each. */
export interface Passes {
  /** f at the query's point, with what it asks for, from η if that is `known`; with `curved`, the curvatures too. */
  pass(query: PointQuery, known: boolean, curved: boolean): number
  /** H times what the query says, at the point of the curvatures. */
  product(query: CurvatureQuery): void
  /** As that of an oracle, from η. */
  balance?(): ArrayLike<number> | undefined
}

/**
 * @param plain the oracle that goes block by block through the design's reader; it answers what is asked of several problems at once,
 *   and its η is where this one leaves its own
 */
export function fusedOracle(
  rows: RowArrays,
  problem: Problem,
  plain: ProblemOracle,
  passes: Passes,
): ProblemOracle {
  const { eta, y, s, offset } = rows
  const last = plain.at
  // Whether η, and the curvatures, are those at `last`; not while another problem has its rows there.
  let here = false
  let curved = false
  let stale = false

  const enter = () => {
    if (rows.problem === self) return
    rows.problem?.leave()
    rows.problem = self
    y.set(problem.y)
    s.set(problem.weights)
    if (problem.offset) offset.set(problem.offset)
  }

  const pass = (query: PointQuery, withCurvature: boolean) => {
    const value = passes.pass(query, here, withCurvature)
    stale ||= !here
    here = true
    curved ||= withCurvature
    self.passes++
    return value
  }

  const self: ProblemOracle & { leave(): void } = {
    at: last,
    passes: 0,
    begin(query) {
      self.leave()
      return plain.begin(query)
    },
    get eta() {
      if (stale) plain.eta.set(eta.subarray(0, problem.weights.length))
      stale = false
      return plain.eta
    },
    balance: () => (here && rows.problem === self ? passes.balance?.() : undefined),
    leave() {
      // Whoever asks for η later finds it where it always is.
      void self.eta
      here = false
      curved = false
    },
    oracle(query: ObjectiveQuery) {
      enter()
      const { at } = query
      if (last.some((value, j) => value !== at[j])) {
        here = false
        curved = false
        last.set(at)
      }
      if (query.ask !== 'curvature') return pass(query, query.ask === 'hessian')
      // Curvature costs a pass of its own at a new point only.
      const value = curved ? Number.NaN : pass({ ask: 'value', at }, true)
      passes.product(query)
      self.passes++
      return value
    },
  }
  return self
}
