// Sparse rows as softmax problems want them.
import type { Problem, ProblemOracle, SparseColumns } from '@logodds/linear'
import { sparseSoftmaxModule } from './softmax-module.ts'
import { softmaxOracle } from './softmax-oracle.ts'
import { demandHeldRows, type SparseStorage } from './sparse-storage.ts'

/** The oracle of a softmax problem in place of the `plain` one, or undefined: see {@link softmaxOracle}. Hessians are the plain one's. */
export function sparseSoftmax(
  storage: SparseStorage,
  columns: SparseColumns,
  problem: Problem,
  plain: ProblemOracle,
): ProblemOracle | undefined {
  const { rows, columns: P, values, blockRows, room, memory } = storage
  return softmaxOracle(
    {
      module: sparseSoftmaxModule(memory),
      rows,
      columns: P,
      bytes: 10 * values.length,
      blockRows,
      room,
      scratch: 0,
      pivoted: false,
      ready: () => demandHeldRows(storage),
      place: (first, count) => [...storage.place(first, count), P],
    },
    columns,
    problem,
    plain,
  )
}
