// The chart that ROC and precision–recall curves share: the unit square, a line for each curve, a legend in a corner.
import * as Plot from '@observablehq/plot'
import { defaultDocument } from '#document'
import { type SvgNode, svgText } from './svg-text.ts'
import { thinLine } from './thin-line.ts'

export interface CurvePlotOptions {
  /** Default: the name of the curve. */
  title?: string
  /** Side of the square in pixels, without title and axes; from 100 to 4000. Default 420. */
  size?: number
  /** A DOM document to draw in. Default: the page's, and under Node one of linkedom's. Nothing is added to it. */
  document?: object
}

/** A curve ready to be drawn: a line in the unit square, straight from point to point. */
export interface UnitLine {
  x: Float64Array
  y: Float64Array
  /** Text of the legend; none if empty. */
  legend: string
}

export interface UnitSquareChart {
  title: string
  description: string
  xLabel: string
  yLabel: string
  lines: UnitLine[]
  /** Which lower corner the legend is in. */
  corner: 'left' | 'right'
  /** Drawn behind the curves, dashed. `line` is the curve it belongs to (its colour), null for a line that belongs to all. */
  references: { from: [number, number]; to: [number, number]; line: number | null; note: string }[]
}

// What is used of an SVG element while it is finished.
interface SvgElement extends SvgNode {
  setAttribute(name: string, value: string): void
  removeAttribute(name: string): void
  querySelectorAll(selector: string): Iterable<{ remove(): void }>
  insertBefore(node: SvgElement, before: SvgNode | null): unknown
  append(text: string): void
}

/** The chart as the text of an SVG file. `caller` names the function in errors. */
export function unitSquareSvg(chart: UnitSquareChart, options: CurvePlotOptions, caller: string): string {
  const { size = 420, title = chart.title } = options
  if (typeof title !== 'string')
    throw new TypeError(`${caller}: expected title to be a string, got ${String(title)}`)
  if (!(size >= 100 && size <= 4000))
    throw new RangeError(`${caller}: expected size from 100 to 4000 pixels, got ${size}`)
  const document = options.document ?? defaultDocument()
  if (!document)
    throw new Error(`${caller}: expected a document; where there is none, pass one as options.document`)

  const margin = { top: 44, right: 24, bottom: 52, left: 60 }
  const ink = '#1f2933'
  const muted = '#6b7785'
  const ticks = size < 250 ? 3 : 6
  const grid = { ticks, stroke: '#e4e7eb', strokeOpacity: 1 }
  const axis = {
    ticks,
    tickSize: 0,
    tickPadding: 8,
    labelArrow: 'none',
    labelAnchor: 'center',
    fill: ink,
  } as const
  const legend = chart.lines.map(({ legend }, i) => ({ legend, i })).filter(({ legend }) => legend !== '')
  const edge = chart.corner === 'right' ? 1 - 10 / size : 10 / size
  const inward = chart.corner === 'right' ? -1 : 1
  // Rows move together rather than out of the square.
  const rowHeight = Math.min(20, (size - 20) / legend.length)
  const row = (k: number) => (16 + rowHeight * (legend.length - 1 - k)) / size

  const svg = Plot.plot({
    document: document as Plot.PlotOptions['document'],
    width: size + margin.left + margin.right,
    height: size + margin.top + margin.bottom,
    marginTop: margin.top,
    marginRight: margin.right,
    marginBottom: margin.bottom,
    marginLeft: margin.left,
    x: { domain: [0, 1] },
    y: { domain: [0, 1] },
    marks: [
      Plot.gridX(grid),
      Plot.gridY(grid),
      Plot.axisX({ ...axis, label: chart.xLabel, labelOffset: 44 }),
      Plot.axisY({ ...axis, label: chart.yLabel, labelOffset: 48 }),
      ...chart.references.flatMap(({ from, to, line, note }) => [
        Plot.line([from, to], {
          stroke: line === null ? muted : colour(line),
          strokeWidth: 1,
          strokeDasharray: '4 4',
        }),
        Plot.text([note], {
          x: (from[0] + to[0]) / 2,
          y: (from[1] + to[1]) / 2,
          rotate: (-180 / Math.PI) * Math.atan2(to[1] - from[1], to[0] - from[0]),
          dy: 10,
          fill: muted,
          stroke: 'white',
          strokeWidth: 4,
          fontSize: 11,
        }),
      ]),
      ...chart.lines.flatMap(({ x, y }, i) => {
        const points = thinLine(
          x.map((value) => value * size),
          y.map((value) => value * size),
          0.1,
        ).map((k) => [x[k], y[k]])
        const line = Plot.line(points, {
          stroke: colour(i),
          strokeWidth: 2,
          strokeDasharray: dashes(i),
          strokeLinejoin: 'round',
        })
        const area = Plot.areaY(points, {
          x: ([px]: number[]) => px,
          y1: 0,
          y2: ([, py]: number[]) => py,
          fill: colour(i),
          fillOpacity: 0.08,
        })
        return chart.lines.length === 1 ? [area, line] : [line]
      }),
      ...legend.flatMap(({ legend, i }, k) => [
        Plot.link([row(k)], {
          x1: edge,
          x2: edge + (inward * 22) / size,
          y1: (y: number) => y,
          y2: (y: number) => y,
          stroke: colour(i),
          strokeWidth: 2.5,
          strokeDasharray: dashes(i),
        }),
        Plot.text([legend], {
          x: edge + (inward * 30) / size,
          y: row(k),
          textAnchor: chart.corner === 'right' ? 'end' : 'start',
          fontSize: Math.min(12, 0.7 * rowHeight),
          fill: ink,
          stroke: 'white',
          strokeWidth: 4,
          lineWidth: (size - 60) / 12,
          textOverflow: 'ellipsis',
        }),
      ]),
      Plot.text([title], {
        x: 0,
        y: 1,
        dy: -22,
        textAnchor: 'start',
        fontSize: 15,
        fontWeight: 'bold',
        fill: ink,
        lineWidth: size / 18,
        textOverflow: 'ellipsis',
      }),
    ],
  }) as unknown as SvgElement
  return standAlone(svg, document, chart.description)
}

// Okabe and Ito's colours, which the colour-blind can tell apart; beyond seven curves they come again, dashed.
function colour(i: number): string {
  return ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#333333'][i % 7]
}

function dashes(i: number): string | undefined {
  return [undefined, '7 3', '2 3'][Math.floor(i / 7) % 3]
}

// A white ground, a namespace, a size, a description for who cannot see it, and no style sheet, which not every viewer knows.
function standAlone(svg: SvgElement, document: object, description: string): string {
  const { createElementNS } = document as { createElementNS(namespace: string, name: string): SvgElement }
  const create = (name: string) =>
    createElementNS.call(document, 'http://www.w3.org/2000/svg', name) as SvgElement
  for (const sheet of svg.querySelectorAll('style')) sheet.remove()
  svg.removeAttribute('class')
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  svg.setAttribute('role', 'img')
  svg.setAttribute('color', '#1f2933')
  svg.setAttribute('font-size', '12')
  const ground = create('rect')
  for (const [name, value] of [
    ['width', '100%'],
    ['height', '100%'],
    ['fill', 'white'],
  ])
    ground.setAttribute(name, value)
  svg.insertBefore(ground, svg.childNodes[0])
  const title = create('title')
  title.append(description)
  svg.insertBefore(title, ground)
  return `${svgText(svg)}\n`
}
