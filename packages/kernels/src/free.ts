// Giving back memory before the garbage collector finds that nobody uses it.
import type { Design, Matrix } from '@logodds/linear'

/** How what lies in memory of the kernels is given back. */
const releases = new WeakMap<object, () => void>()

/** Makes `held`, a design or the array of a matrix, something that {@link free} knows. */
export function freeable<T extends object>(held: T, release: () => void): T {
  releases.set(held, release)
  return held
}

/**
 * Gives back the memory of a design of `dense`, `csr` or `csc`, or of a `matrix` and all designs over it, for the next matrix of about its size. Nothing
 * has to be given back: what nobody holds is collected as everything else, only later. To use a design afterwards is an error; to give it
 * back twice is not. The array of a `matrix` is empty afterwards or, where threads share it, another's.
 *
 * @throws TypeError if X is neither
 */
export function free(X: Design | Matrix): void {
  const all = Object(X)
  const release = releases.get(all) ?? releases.get(Object(all.data))
  if (!release)
    throw new TypeError(
      `free: expected a design of dense, csr or csc, or what matrix made, got ${Object.prototype.toString.call(X)}`,
    )
  release()
}
