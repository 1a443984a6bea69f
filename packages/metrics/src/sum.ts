// Added up one after the other, in the order given.

export function sum(values: Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}
