// The oracle of a logistic problem over sparse rows: one call of the module for each chunk answers a question, in one pass over memory.
import type { Problem, ProblemOracle, SparseColumns } from '@logodds/linear'
import { balancingShift } from './balance.ts'
import { addUp } from './chunks.ts'
import { runChunks } from './crew.ts'
import { fusedOracle } from './fused-oracle.ts'
import { addGradient, addGram, writeCoefficients } from './sparse-columns.ts'
import { demandHeldRows, type SparseStorage } from './sparse-storage.ts'

const ORDER = { value: 0, gradient: 1, hessian: 2 }

/** @param plain see {@link fusedOracle}; Gram matrices that the storage has no room for are its business, too */
export function sparseOracle(
  storage: SparseStorage,
  columns: SparseColumns,
  problem: Problem,
  plain: ProblemOracle,
): ProblemOracle {
  const { module, columns: p, v, eta, y, s, offset, curvature, blockRows, chunks, grams } = storage
  const size = columns.from.length + +columns.intercept
  const at = (array: Float64Array, first = 0) => array.byteOffset + 8 * first
  const answer = fusedOracle(storage, problem, plain, {
    pass(query, known, curved) {
      demandHeldRows(storage)
      const squared = query.ask === 'hessian'
      const parts = squared ? grams : chunks
      const bias = writeCoefficients(columns, query.at, 1, 0, v)
      const values = runChunks(
        module,
        'pass',
        parts.map(({ first, rows, g, residual }, c) => [
          curved ? 2 : ORDER[query.ask],
          +(query.ask !== 'value'),
          +known,
          ...storage.place(first, rows),
          p,
          blockRows,
          at(v),
          bias,
          problem.offset ? at(offset, first) : 0,
          at(eta, first),
          at(y, first),
          at(s, first),
          at(residual),
          at(curvature, first),
          at(g),
          squared ? at(grams[c].h) : 0,
          squared ? at(grams[c].t) : 0,
          squared ? at(grams[c].pairs) : 0,
        ]),
      )
      if (query.ask !== 'value') takeGradient(parts, query.gradient)
      if (query.ask === 'hessian') {
        addUp(grams, grams.length, ({ h }) => h, p * p)
        addUp(grams, grams.length, ({ t }) => t, p + 1)
        addGram(columns, grams[0].h, grams[0].t, p, (j, l, value) => {
          query.hessian[j * size + l] = query.hessian[l * size + j] = value
        })
      }
      return values.reduce((sum, value) => sum + value)
    },
    product({ along, product }) {
      demandHeldRows(storage)
      const bias = writeCoefficients(columns, along, 1, 0, v)
      runChunks(
        module,
        'product',
        chunks.map(({ first, rows, g, residual }) => [
          ...storage.place(first, rows),
          p,
          blockRows,
          at(v),
          bias,
          at(curvature, first),
          at(residual),
          at(g),
        ]),
      )
      takeGradient(chunks, product)
    },
    balance: () => balancingShift(storage.memory, storage, storage.rows, chunks[0].g),
  })

  function takeGradient(parts: SparseStorage['chunks'], out: Float64Array): void {
    addUp(parts, parts.length, ({ g }) => g, p + 1)
    out.fill(0)
    addGradient(columns, parts[0].g, parts[0].g[p], out, 1, 0)
  }

  if (grams.length) return answer
  const { oracle } = answer
  return Object.assign(answer, {
    oracle(query: Parameters<typeof oracle>[0]) {
      if (query.ask !== 'hessian') return oracle(query)
      answer.passes++
      storage.problem?.leave()
      return plain.oracle(query)
    },
  })
}
