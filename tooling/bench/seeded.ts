// Random numbers that are the same in every run.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

export interface Seeded {
  /** In [0, 1). */
  uniform(): number
  /** Mean 0, standard deviation 1. */
  normal(): number
}

export function seeded(seed: number): Seeded {
  const random = xoroshiro128plus(seed)
  const uniform = () => uniformFloat64(random)
  let spare = Number.NaN
  return {
    uniform,
    // Box and Muller (1958): two at a time.
    normal() {
      const kept = spare
      spare = Number.NaN
      if (!Number.isNaN(kept)) return kept
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()))
      const angle = 2 * Math.PI * uniform()
      spare = radius * Math.sin(angle)
      return radius * Math.cos(angle)
    },
  }
}
