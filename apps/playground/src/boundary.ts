// Where a fit stands in a picture: its linear predictor as a function of pixels, η(x, y) = a x + b y + c, the line where η has a value,
// and the points between which a shade has to run.

export interface Plane {
  readonly a: number
  readonly b: number
  readonly c: number
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface Segment {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

/** η − `level` in a picture whose axes show u = u₀ + x·du and v = v₀ + y·dv; w and `intercept` belong to u and v. */
export function planeOf(
  w: readonly number[],
  intercept: number,
  u: { readonly at0: number; readonly perPixel: number },
  v: { readonly at0: number; readonly perPixel: number },
): Plane {
  return {
    a: w[0] * u.perPixel,
    b: w[1] * v.perPixel,
    c: intercept + w[0] * u.at0 + w[1] * v.at0,
  }
}

/** The part of the line η = `level` that lies in the box; null if none does, or if η is the same everywhere. */
export function levelLine(
  { a, b, c }: Plane,
  level: number,
  { left, top, right, bottom }: Box,
): Segment | null {
  const square = a * a + b * b
  if (!(square > 0)) return null
  // The point of the line nearest to the middle of the box, and from there both ways along it (Liang & Barsky 1984).
  const [mx, my] = [(left + right) / 2, (top + bottom) / 2]
  const off = (level - (a * mx + b * my + c)) / square
  const [x, y] = [mx + off * a, my + off * b]
  const length = Math.sqrt(square)
  const [dx, dy] = [-b / length, a / length]
  let [from, to] = [-Infinity, Infinity]
  for (const [position, direction, low, high] of [
    [x, dx, left, right],
    [y, dy, top, bottom],
  ]) {
    if (direction === 0) {
      if (!(low <= position && position <= high)) return null
      continue
    }
    const ends = [(low - position) / direction, (high - position) / direction]
    from = Math.max(from, Math.min(...ends))
    to = Math.min(to, Math.max(...ends))
  }
  if (!(from < to)) return null
  return { x1: x + from * dx, y1: y + from * dy, x2: x + to * dx, y2: y + to * dy }
}

/** From a point where η = −`reach` to the nearest one where η = +`reach`, across the decision line; null if η is the same everywhere. */
export function across({ a, b, c }: Plane, reach: number, { left, top, right, bottom }: Box): Segment | null {
  const square = a * a + b * b
  if (!(square > 0)) return null
  const [mx, my] = [(left + right) / 2, (top + bottom) / 2]
  const here = a * mx + b * my + c
  const at = (eta: number) => [mx + ((eta - here) / square) * a, my + ((eta - here) / square) * b]
  const [[x1, y1], [x2, y2]] = [at(-reach), at(reach)]
  return [x1, y1, x2, y2].every(Number.isFinite) ? { x1, y1, x2, y2 } : null
}
