// A positive definite matrix Σ aᵢaᵢᵀ + diag(d) of single precision in memory of its own, and solutions with it. Its diagonal is to be about
// 1, which is what makes single precision do.

import { takeMemory } from './memory-pool.ts'
import { type SingleFactorModule, singleFactorModule } from './single-factor-module.ts'

const LANES = 8
// What the module may keep itself.
const RESERVED = 4096
// A pivot that is less beside a diagonal of 1 is rounding.
const LEAST = 4e-6
const FIRST_SHARE = 1e-5
// By then the diagonal outweighs everything, unless there are numbers that are none.
const LAST_SHARE = 1e5

/** How many panels of eight so many columns fill. */
export const panelsOf = (size: number): number => Math.ceil(size / LANES)

export interface SingleFactor {
  /** Adds the first `rows` rows of panels that have room for `room` rows each: see assembly/single-factor.ts. */
  add(panels: Float32Array, rows: number, room: number): void
  /** Adds d to the diagonal and factorises, `anyway` with as much more on the diagonal as that takes; else says whether it could. */
  factorize(d: Float64Array, anyway: boolean): boolean
  /** z ← A⁻¹z, z being the first numbers of this array. */
  readonly z: Float64Array
  solve(): void
}

/** @throws RangeError where there is not as much memory: 8 bytes for each entry, and the panels */
export function singleFactor(size: number, room: number): SingleFactor {
  const panels = panelsOf(size)
  const padded = panels * LANES
  const entries = padded * padded
  const { memory } = takeMemory(RESERVED + 8 * padded + 4 * (room * padded + 2 * entries))
  const module: SingleFactorModule = singleFactorModule(memory)
  let top = RESERVED
  const take = (count: number) => {
    const at = new Float32Array(memory.buffer, top, count)
    top += 4 * count
    return at.fill(0)
  }
  const z = new Float64Array(memory.buffer, top, padded).fill(0)
  top += 8 * padded
  const packed = take(room * padded)
  const gram = take(entries)
  const factor = take(entries)
  return {
    z,
    add(rowsOfPanels, rows, room) {
      packed.set(rowsOfPanels)
      module.gram(packed.byteOffset, rows, room, panels, gram.byteOffset)
    },
    factorize(d, anyway) {
      for (let share = 0; ; share = share * 10 || FIRST_SHARE) {
        if (share > LAST_SHARE) gram.fill(0)
        factor.set(gram)
        for (let j = 0; j < padded; j++) {
          const at = (j >> 3) * padded * LANES + j * LANES + (j & 7)
          // Behind the last column are ones.
          factor[at] = (factor[at] + (j < size && share <= LAST_SHARE ? d[j] : 1)) * (1 + share)
        }
        const done = !!module.factorize(factor.byteOffset, panels, LEAST)
        if (done || !anyway) return done
      }
    },
    solve: () => module.solve(factor.byteOffset, panels, z.byteOffset),
  }
}
