// The area under a curve that is given by points, by the trapezoidal rule.
import { fault } from './fault.ts'

/**
 * Area by the trapezoidal rule: Σ (xᵢ₊₁ − xᵢ)(yᵢ + yᵢ₊₁)/2. With x descending (as the recall of a precision–recall curve
 * is) the area is that of the same points in ascending order. For average precision there is {@link averagePrecision}.
 *
 * @param x at least 2 finite numbers, ascending or descending; equal neighbours are allowed
 * @param y as many finite numbers
 * @throws RangeError for fewer than two points, differing lengths, numbers that are not finite, x that turns, or an area
 * beyond the largest double.
 */
export function area(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (!(x?.length >= 2)) fault('area', 'x.length >= 2', x?.length)
  if (y?.length !== x.length) fault('area', `y.length ${x.length} (length of x)`, y?.length)
  const direction = x[x.length - 1] < x[0] ? -1 : 1
  let sum = 0
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i]))
      fault('area', `finite x[${i}] and y[${i}]`, [x[i], y[i]])
    if (i === 0) continue
    const width = direction * (x[i] - x[i - 1])
    if (width < 0) fault('area', `x[${i}] to go on from x[${i - 1}] in one direction`, [x[i - 1], x[i]])
    sum += (width * (y[i - 1] + y[i])) / 2
  }
  if (!Number.isFinite(sum)) fault('area', 'an area below the largest double', sum)
  return sum
}
