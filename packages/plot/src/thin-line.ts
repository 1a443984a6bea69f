// A line with fewer points that looks the same. A curve of 100,000 points would make an SVG of megabytes, most of it finer than a pixel.

/**
 * Indices of the points to keep, the first and the last among them: every point left out lies within `tolerance` of the line through the
 * two kept points around it, and within √2 `tolerance` of the piece between them. One pass, in the manner of Williams (1978) and Sklansky & Gonzalez (1980), "Fast polygonal approximation
 * of digitized curves": from the last kept point, the directions that pass every later point at most that far away are an angle,
 * which shrinks; the first point outside it starts anew from the point before.
 *
 * @param tolerance in the units of x and y, > 0.
 */
export function thinLine(x: ArrayLike<number>, y: ArrayLike<number>, tolerance: number): number[] {
  const last = x.length - 1
  if (last < 2) return Array.from({ length: x.length }, (_, i) => i)
  const kept = [0]
  let from = 0
  // The allowed directions: `middle` ± `half`, any while every point so far is within the tolerance of the start.
  let middle = 0
  let half = Infinity
  let reach = 0
  for (let i = 1; i <= last; i++) {
    let dx = x[i] - x[from]
    let dy = y[i] - y[from]
    let distance = Math.hypot(dx, dy)
    // Turning back ends a piece too: the line is meant between its two points, not beyond them.
    const fits =
      half === Infinity ||
      (distance >= reach - tolerance && Math.abs(turn(Math.atan2(dy, dx) - middle)) <= half)
    if (!fits) {
      from = i - 1
      kept.push(from)
      half = Infinity
      reach = 0
      dx = x[i] - x[from]
      dy = y[i] - y[from]
      distance = Math.hypot(dx, dy)
    }
    reach = Math.max(reach, distance)
    if (distance <= tolerance) continue
    const direction = Math.atan2(dy, dx)
    const width = Math.asin(tolerance / distance)
    if (half === Infinity) {
      middle = direction
      half = width
    } else {
      const centre = turn(direction - middle)
      const low = Math.max(-half, centre - width)
      const high = Math.min(half, centre + width)
      middle += (low + high) / 2
      half = (high - low) / 2
    }
  }
  kept.push(last)
  return kept
}

// An angle as the same one in (−π, π].
function turn(angle: number): number {
  return angle - 2 * Math.PI * Math.ceil((angle - Math.PI) / (2 * Math.PI))
}
