// The points of a curve, checked: two coordinates between 0 and 1, the horizontal one in order.

/** @throws TypeError or RangeError that names the function, the coordinate and the first point that is wrong. */
export function curvePoints(
  caller: string,
  [xName, x]: [string, ArrayLike<number>],
  [yName, y]: [string, ArrayLike<number>],
): { x: Float64Array; y: Float64Array } {
  for (const [name, values] of [
    [xName, x],
    [yName, y],
  ] as const) {
    if (typeof values?.length !== 'number' || typeof values === 'string') {
      throw new TypeError(`${caller}: expected ${name} to be an array of numbers, got ${String(values)}`)
    }
    for (let i = 0; i < values.length; i++) {
      if (!(values[i] >= 0 && values[i] <= 1)) {
        throw new RangeError(`${caller}: expected ${name} between 0 and 1, got ${values[i]} at index ${i}`)
      }
    }
  }
  if (x.length < 2) throw new RangeError(`${caller}: expected at least 2 points, got ${x.length}`)
  if (y.length !== x.length) {
    throw new RangeError(
      `${caller}: expected ${yName}.length ${x.length} (points of ${xName}), got ${y.length}`,
    )
  }
  const [points, heights] = [Float64Array.from(x), Float64Array.from(y)]
  const descending = points[0] > points[points.length - 1]
  const back = points.findIndex(
    (value, i) => i > 0 && (descending ? value > points[i - 1] : value < points[i - 1]),
  )
  if (back > 0) {
    throw new RangeError(
      `${caller}: expected ${xName} in order, got ${points[back - 1]} and then ${points[back]} at index ${back}`,
    )
  }
  if (descending) {
    points.reverse()
    heights.reverse()
  }
  return { x: points, y: heights }
}

/** The legend of a curve: its name, shortened if need be, and its area. */
export function legendText(label: string, area: string, share: number | undefined): string {
  const characters = [...label]
  const name = characters.length > 28 ? `${characters.slice(0, 27).join('')}…` : label
  return [name, share === undefined ? '' : `${area} ${shareText(share)}`].filter(Boolean).join(' · ')
}

/** A share in a legend: three digits, and never 1 or 0 where it only rounds to it (a sum of a million terms may be off by 1e-12). */
export function shareText(value: number): string {
  if (value < 1 - 1e-12 && value >= 0.9995) return '> 0.999'
  if (value > 1e-12 && value < 0.0005) return '< 0.001'
  return value.toFixed(3)
}

/** @throws RangeError if a share is given and is not one. */
export function checkShare(caller: string, name: string, value: number | undefined): void {
  if (value !== undefined && !(value >= 0 && value <= 1)) {
    throw new RangeError(`${caller}: expected ${name} between 0 and 1, got ${value}`)
  }
}

/** One curve or several as a list. @throws RangeError if there is none, TypeError if one of several has no label. */
export function curveList<Curve extends { label?: string }>(
  caller: string,
  curves: Curve | readonly Curve[],
): readonly Curve[] {
  const list: readonly Curve[] = Array.isArray(curves) ? curves : [curves as Curve]
  if (list.length === 0) throw new RangeError(`${caller}: expected at least one curve, got 0`)
  list.forEach((curve, k) => {
    if (typeof curve !== 'object' || curve === null) {
      throw new TypeError(
        `${caller}: expected a curve or an array of curves, got ${String(curve)} at index ${k}`,
      )
    }
    if (list.length > 1 && (typeof curve.label !== 'string' || curve.label === '')) {
      throw new TypeError(
        `${caller}: expected a label on each of ${list.length} curves, got ${String(curve.label)} at index ${k}`,
      )
    }
  })
  return list
}
