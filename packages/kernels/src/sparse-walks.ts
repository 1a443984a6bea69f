// The walks over the entries that moments are made from.
import type { MomentWalks } from '@logodds/linear'
import { demandHeldRows, type SparseStorage } from './sparse-storage.ts'

// Code that is new becomes fast while it runs, but only from the next call on.
const SOME = 2048

export function sparseWalks(storage: SparseStorage): MomentWalks {
  demandHeldRows(storage)
  const { module, rows, s, numbers, wholes, masses } = storage
  return {
    tallies() {
      numbers.fill(0)
      masses.fill(0)
      return { numbers, wholes, masses }
    },
    first(weights, _, even) {
      // The weights of a problem that is at work here go: it writes them again.
      storage.problem?.leave()
      storage.problem = undefined
      s.set(weights)
      inPieces((first, count, at) =>
        module.firstWalk(
          ...storage.place(first, count),
          first,
          at,
          numbers.byteOffset,
          masses.byteOffset,
          +even,
        ),
      )
    },
    second() {
      inPieces((first, count, at) =>
        module.secondWalk(...storage.place(first, count), at, numbers.byteOffset),
      )
    },
  }

  function inPieces(walk: (first: number, count: number, weights: number) => void): void {
    for (let first = 0; first < rows; first += SOME)
      walk(first, Math.min(SOME, rows - first), s.byteOffset + 8 * first)
  }
}
