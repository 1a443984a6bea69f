// The flowers, and what the model says of every place among them: a shade, the line p = ½, and lightly p = 0.1 and 0.9.
import { across, type Box, levelLine, planeOf } from './boundary.ts'
import { type Pair, spoken } from './pair.ts'
import { linear } from './scale.ts'
import { drawnToSize, frame, set, svg } from './svg.ts'

/** A fit as far as a picture of it goes. */
export interface Place {
  readonly coefficients: readonly number[]
  readonly intercept: number
}

export interface Scatter {
  showPair(pair: Pair): void
  showFit(place: Place): void
}

// log(0.9 / 0.1): the log-odds of p = 0.9.
const NINETY_PERCENT = 2.1972245773362196
// Beyond these log-odds the shade no longer changes: p = 0.993.
const REACH = 5
// The shade where p = 1.
const STRONGEST = 0.34

export function scatter(root: SVGSVGElement): Scatter {
  const shade = svg('linearGradient', { id: 'shade', gradientUnits: 'userSpaceOnUse' })
  for (let eta = -REACH; eta <= REACH; eta += 0.5) {
    const strength = Math.abs(2 / (1 + Math.exp(-eta)) - 1)
    shade.append(
      svg('stop', {
        class: eta < 0 ? 'first' : 'second',
        offset: (eta + REACH) / (2 * REACH),
        'stop-opacity': STRONGEST * strength,
      }),
    )
  }
  const ground = svg('rect', { class: 'ground', fill: 'url(#shade)' })
  const lines = [-NINETY_PERCENT, NINETY_PERCENT, 0].map((level) => ({
    level,
    element: svg('line', { class: level === 0 ? 'boundary' : 'boundary light' }),
  }))
  const axes = svg('g')
  const points = svg('g')
  root.append(svg('defs', {}, shade), axes, ground, ...lines.map(({ element }) => element), points)

  let pair: Pair | null = null
  let place: Place | null = null
  let size = { width: 0, height: 0 }
  let box: Box = { left: 0, top: 0, right: 0, bottom: 0 }
  let scales = { u: linear([0, 1], [0, 1], 1), v: linear([0, 1], [0, 1], 1) }

  const drawPair = () => {
    if (!pair || size.width === 0) return
    const { X, labels, species, features } = pair
    box = { left: 40, top: 30, right: size.width - 10, bottom: size.height - 42 }
    scales = {
      u: linear(extent(X.data, 0), [box.left, box.right], 7),
      v: linear(extent(X.data, 1), [box.bottom, box.top], 6),
    }
    set(ground, { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top })
    axes.replaceChildren(
      frame(
        box,
        { scale: scales.u, name: `${spoken(features[0])} (cm)` },
        { scale: scales.v, name: `${spoken(features[1])} (cm)` },
      ),
    )
    points.replaceChildren(
      ...labels.map((label, i) => {
        const [u, v] = [X.data[2 * i], X.data[2 * i + 1]]
        const title = svg(
          'title',
          {},
          `${label}: ${spoken(features[0])} ${u} cm, ${spoken(features[1])} ${v} cm`,
        )
        const [x, y] = [scales.u.at(u), scales.v.at(v)]
        return label === species[0]
          ? svg('circle', { class: 'flower first', cx: x, cy: y, r: 4.5 }, title)
          : svg('path', { class: 'flower second', d: `M${x} ${y - 6}l6 6l-6 6l-6 -6z` }, title)
      }),
    )
  }
  const drawFit = () => {
    if (!pair || size.width === 0) return
    const plane = place && planeOf(place.coefficients, place.intercept, scales.u, scales.v)
    for (const { level, element } of lines) {
      const line = plane && levelLine(plane, level, box)
      element.toggleAttribute('hidden', !line)
      if (line) set(element, { ...line })
    }
    const run = plane && across(plane, REACH, box)
    ground.toggleAttribute('hidden', !run)
    if (run) set(shade, { ...run })
  }
  drawnToSize(root, (width, height) => {
    size = { width, height }
    set(root, { viewBox: `0 0 ${width} ${height}` })
    drawPair()
    drawFit()
  })
  return {
    showPair(next) {
      pair = next
      place = null
      drawPair()
      drawFit()
    },
    showFit(next) {
      place = next
      drawFit()
    },
  }
}

// The range of one column of two, with some room on both sides.
function extent(data: Float64Array, column: number): [number, number] {
  const values = Array.from(data).filter((_, i) => i % 2 === column)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = 0.08 * (high - low)
  return [low - room, high + room]
}
