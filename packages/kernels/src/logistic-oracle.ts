// The oracle of a logistic problem over a stored matrix: one call of the module answers a question, in one pass over memory.
import type { ObjectiveQuery, Problem, ProblemOracle } from '@logodds/linear'
import { balancingShift } from './balance.ts'
import { addUp, chunksOf } from './chunks.ts'
import { askChunks } from './dense-chunks.ts'
import { addGradient, type DenseColumns, prepare, writeCoefficients } from './dense-columns.ts'
import { blockRowsFor, type DenseStorage, demandHeld, rowsToAdd, widthOf } from './dense-storage.ts'

/**
 * @param plain the oracle that goes block by block through the design's reader; it answers what is asked of several problems at once,
 *   and its η is where this one leaves its own
 */
export function logisticOracle(
  storage: DenseStorage,
  columns: DenseColumns,
  problem: Problem,
  plain: ProblemOracle,
): ProblemOracle {
  const { rows: n, columns: p, v, eta, y, s, offset, curvature } = storage
  const { keep, mean, inverse, sums, grams } = storage
  const { from, intercept } = columns
  const size = from.length + +intercept
  const rowsOfSums = rowsToAdd(storage)
  const rowsOfGram = blockRowsFor(storage, size)
  const width = widthOf(from.length)
  const chunksOfSums = chunksOf(n, rowsOfSums, sums.length)
  const chunksOfGram = chunksOf(n, rowsOfGram, grams.length)
  const [{ g }] = sums
  const h = grams[0]?.h
  const place = (array: { byteOffset: number }, numbers = 0) => array.byteOffset + 8 * numbers
  // The point at which the storage has η and, if `curved`, curvature; nowhere while another problem has its rows there.
  const last = plain.at
  let here = false
  let curved = false
  let stale = false
  // Whether η at `last` was written over before anyone asked for it, which is seldom done: it is found again by another pass.
  let lost = false

  const enter = () => {
    if (storage.problem === self) return
    storage.problem?.giveWay()
    storage.problem = self
    y.set(problem.y)
    s.set(problem.weights)
    if (problem.offset) offset.set(problem.offset)
  }

  const pass = (order: number, wanted: boolean) => {
    const pivots = prepare(storage, columns)
    const bias = writeCoefficients(storage, columns, last, 1, 0)
    const chunks = wanted ? chunksOfGram : chunksOfSums
    const blockRows = wanted ? rowsOfGram : rowsOfSums
    const values = askChunks(
      storage,
      blockRows,
      chunks,
      'pass',
      ({ c, x, wide, turn, before, first, rows }) => [
        order,
        x,
        wide,
        turn,
        before,
        rows,
        p,
        blockRows,
        +here,
        place(v),
        bias,
        pivots,
        problem.offset ? place(offset, first) : 0,
        place(eta, first),
        place(y, first),
        place(s, first),
        place(sums[c].residual),
        place(curvature, first),
        place(sums[c].g),
        wanted ? place(grams[c].h) : 0,
        place(keep),
        from.length,
        place(mean),
        place(inverse),
        +intercept,
        width,
        wanted ? place(grams[c].packed) : 0,
        wanted ? place(grams[c].weighted) : 0,
      ],
    )
    if (order > 0) addUp(sums, chunks.length, ({ g }) => g, p + 1)
    if (wanted) addUp(grams, chunks.length, ({ h }) => h, width ** 2)
    stale ||= !here
    lost &&= here
    here = true
    curved ||= order === 2
    self.passes++
    return values.reduce((sum, value) => sum + value)
  }

  const self: ProblemOracle & NonNullable<DenseStorage['problem']> = {
    at: last,
    passes: 0,
    begin(query) {
      self.leave()
      return plain.begin(query)
    },
    get eta() {
      if (lost) {
        const at = last.slice()
        last.fill(Number.NaN)
        plain.oracle({ ask: 'value', at })
        self.passes++
        lost = false
      }
      if (stale) {
        plain.eta.set(eta.subarray(0, n))
        stale = false
      }
      return plain.eta
    },
    curvature() {
      if (!here || storage.problem !== self) return
      if (!curved) pass(2, false)
      return curvature.subarray(0, n)
    },
    balance: () =>
      here && storage.problem === self ? balancingShift(storage.memory, storage, n, g) : undefined,
    giveWay() {
      lost ||= stale
      stale = false
      here = false
      curved = false
    },
    leave() {
      // Whoever asks for η later finds it where it always is.
      void self.eta
      here = false
      curved = false
    },
    oracle(query: ObjectiveQuery) {
      demandHeld(storage)
      const { ask, at } = query
      if (ask === 'hessian' && !h) {
        self.leave()
        self.passes++
        return plain.oracle(query)
      }
      enter()
      if (last.some((value, j) => value !== at[j])) {
        here = false
        curved = false
        last.set(at)
      }
      if (ask === 'curvature') {
        // Curvature costs a pass of its own at a new point only.
        const value = curved ? Number.NaN : pass(2, false)
        const pivots = prepare(storage, columns)
        const bias = writeCoefficients(storage, columns, query.along, 1, 0)
        askChunks(storage, rowsOfSums, chunksOfSums, 'product', ({ c, x, wide, turn, first, rows }) => [
          x,
          wide,
          turn,
          rows,
          p,
          rowsOfSums,
          place(v),
          bias,
          pivots,
          place(curvature, first),
          place(sums[c].residual),
          place(sums[c].g),
        ])
        addUp(sums, chunksOfSums.length, ({ g }) => g, p + 1)
        self.passes++
        query.product.fill(0)
        addGradient(storage, columns, g, g[p], query.product, 1, 0)
        return value
      }
      const value = pass(ask === 'value' ? 0 : ask === 'gradient' ? 1 : 2, ask === 'hessian')
      if (ask !== 'value') {
        query.gradient.fill(0)
        addGradient(storage, columns, g, g[p], query.gradient, 1, 0)
      }
      if (ask === 'hessian')
        for (let j = 0; j < size; j++)
          for (let k = 0; k <= j; k++)
            query.hessian[j * size + k] = query.hessian[k * size + j] = h[j * width + k]
      return value
    },
  }
  return self
}
