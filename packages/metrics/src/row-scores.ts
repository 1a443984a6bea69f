// What one row's probabilities are worth, given the column that came true. A row of one number is that of a positive class, −1 being the other.

/** The probability given to what came true. */
export const trueProbability = (row: Float64Array, k: number): number => (k < 0 ? 1 - row[0] : row[k])

/** −log of it; a probability near 1 of what did not come true keeps its digits. */
export const surprise = (row: Float64Array, k: number): number =>
  // 0 − x, for −0 is no loss.
  0 - (k < 0 ? Math.log1p(-row[0]) : Math.log(row[k]))

/** Σ (p − y)² over the columns. */
export function squaredError(row: Float64Array, k: number): number {
  let sum = 0
  for (let j = 0; j < row.length; j++) sum += (row[j] - (j === k ? 1 : 0)) ** 2
  return sum
}

/** The probability of what came true, over the length of the vector of probabilities of all classes. */
export function spherical(row: Float64Array, k: number): number {
  let square = row.length > 1 ? 0 : (1 - row[0]) ** 2
  for (let j = 0; j < row.length; j++) square += row[j] ** 2
  return trueProbability(row, k) / Math.sqrt(square)
}
