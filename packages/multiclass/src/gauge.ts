// Softmax does not see a common shift of all classes: η and η + t·1 give the same probabilities. This is what picks one.
import type { Penalty, SmoothTerm } from '@logodds/optim'

/**
 * ½ Σⱼ (Σₖ wⱼₖ)² over the rows j that no penalty touches (the intercepts among them): zero where each such row sums to zero, and
 * the loss takes every point there for nothing. With it the Hessian is regular, and the minimum is the one that sums to zero.
 *
 * @param size (p + 1) K coordinates, row-major
 */
export function gaugeTerm(penalty: Penalty | undefined, size: number, width: number): SmoothTerm {
  const rows = Array.from({ length: size / width }, (_, j) => j * width).filter((first) =>
    isFree(penalty, first),
  )
  const rowSum = (w: Float64Array, first: number) => {
    let sum = 0
    for (let k = 0; k < width; k++) sum += w[first + k]
    return sum
  }
  const addTo = (from: Float64Array, to: Float64Array) => {
    for (const first of rows) {
      const sum = rowSum(from, first)
      for (let k = 0; k < width; k++) to[first + k] += sum
    }
  }
  return {
    value: (w) => rows.reduce((total, first) => total + 0.5 * rowSum(w, first) ** 2, 0),
    addGradient: addTo,
    addCurvature: addTo,
    addHessian(hessian) {
      for (const first of rows)
        for (let k = first; k < first + width; k++)
          for (let m = first; m < first + width; m++) hessian[k * size + m] += 1
    },
  }
}

/**
 * Moves each row to the representative that is reported; changes `at`. Unpenalised, ridge and group-lasso rows sum to zero. An ℓ1 row is where
 * its penalty is smallest: shifted by its median, and for an even number of classes by the middle of the medians. An elastic net
 * with a share of both has one minimum, which is left alone.
 */
export function settle(at: Float64Array, penalty: Penalty | undefined, width: number): void {
  for (let first = 0; first < at.length; first += width) {
    const row = at.subarray(first, first + width)
    const even = isFree(penalty, first) || penalty?.alpha === 0 || penalty?.name === 'group-lasso'
    const centre = even ? mean(row) : penalty?.alpha === 1 ? median(row) : 0
    for (let k = 0; k < width; k++) row[k] -= centre
  }
}

/** Whether coordinate j is in no penalty. */
export const isFree = (penalty: Penalty | undefined, j: number) => !penalty || penalty.weights?.[j] === 0

/** Whether the group lasso leaves one of p features alone. Its groups have weights of their own, which are not per coordinate. */
export const hasFreeGroup = (penalty: Penalty | undefined, p: number): boolean =>
  penalty?.name === 'group-lasso' &&
  Array.from({ length: p }).some((_, j) => !penalty.value(new Float64Array(p).fill(1, j, j + 1)))

const mean = (row: Float64Array) => row.reduce((a, b) => a + b, 0) / row.length

function median(row: Float64Array): number {
  const sorted = row.slice().sort()
  const half = sorted.length >> 1
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}
