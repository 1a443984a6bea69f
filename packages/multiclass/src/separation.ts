// Complete separation of K classes, where maximum-likelihood estimates do not exist.
import type { Problem } from '@logodds/linear'

/** Whether η − o is largest, and alone so, at its class y in every row that has weight. */
export const separates = ({ width: K, y, weights, offset }: Problem, eta: Float64Array): boolean =>
  // Stops at the first row that is on the wrong side of some class.
  weights.every((s, i) => {
    const score = (k: number) => eta[i * K + k] - (offset ? offset[i * K + k] : 0)
    for (let k = 0; s > 0 && k < K; k++) if (k !== y[i] && !(score(y[i]) > score(k))) return false
    return true
  })
