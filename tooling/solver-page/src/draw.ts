// Suboptimality against passes, both on logarithmic scales: a panel for each family of solvers, each with its own legend.
import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import { mostPasses, type Race } from './race.ts'

const families = {
  curvature: 'By curvature, asked or learnt',
  gradients: 'By gradients',
  rows: 'By rows',
  penalty: 'With a prox',
  kinks: 'With kinks',
}
// Okabe and Ito's colours, which the colour-blind can tell apart; the second round is dashed.
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#333333']
const width = 380
const height = 300
const line = 16

/** What the drawing shows of a gap: nothing below. */
const floor = 1e-12

export function draw(title: string, races: readonly Race[]): string {
  const shown = Object.keys(families).filter((family) =>
    races.some(({ contestant }) => contestant.family === family),
  ) as (keyof typeof families)[]
  const inFamily = shown.map((family) => races.filter(({ contestant }) => contestant.family === family))
  const tallest = Math.max(...inFamily.map((some) => some.length))
  const total = 64 + height + tallest * line
  const panels = inFamily.map((some, k) => {
    const at = k * width
    const legend = some.map(({ contestant }, i) => {
      const y = 64 + height + i * line
      return (
        `<line x1="${at + 50}" x2="${at + 74}" y1="${y - 4}" y2="${y - 4}" stroke="${colour(i)}" stroke-width="2"${dashes(i)}/>` +
        `<text x="${at + 82}" y="${y}" font-size="11">${escaped(contestant.label)}</text>`
      )
    })
    return (
      `<text x="${at + 50}" y="48" font-size="12" font-weight="bold">${families[shown[k]!]}<tspan font-weight="normal" fill="#6b7785">: f − f*</tspan></text>` +
      `<g transform="translate(${at} 44)">${panel(some)}</g>${legend.join('')}`
    )
  })
  const size = `width="${shown.length * width}" height="${total}"`
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${shown.length * width} ${total}" role="img" ` +
    `fill="#1f2933" font-family="system-ui, sans-serif"><title>${escaped(title)}: distance to the minimum against passes over the data</title>` +
    `<rect width="100%" height="100%" fill="white"/><text x="50" y="24" font-size="15" font-weight="bold">${escaped(title)}</text>` +
    `${panels.join('')}</svg>\n`
  )
}

/** The lines of one family, as elements of an SVG. */
function panel(races: readonly Race[]): string {
  const { document } = parseHTML('<html></html>')
  const grid = { stroke: '#e4e7eb', strokeOpacity: 1 }
  const levels = [1, 1e-3, 1e-6, 1e-9, 1e-12]
  const svg = Plot.plot({
    document,
    width,
    height,
    marginLeft: 50,
    marginRight: 12,
    marginTop: 14,
    marginBottom: 42,
    x: { type: 'log', domain: [1, mostPasses], clamp: true },
    y: { type: 'log', domain: [floor, 1], clamp: true },
    marks: [
      Plot.gridX([1, 3, 10, 30, 100], grid),
      Plot.gridY(levels, grid),
      Plot.axisX([1, 3, 10, 30, 100], {
        label: 'passes over the data',
        labelAnchor: 'center',
        labelArrow: 'none',
        labelOffset: 36,
        tickSize: 0,
        tickFormat: String,
      }),
      Plot.axisY(levels, {
        label: null,
        tickSize: 0,
        tickFormat: (level: number) => (level === 1 ? '1' : `1e${Math.round(Math.log10(level))}`),
      }),
      ...races.map(({ trace }, i) =>
        Plot.line(thinned(trace), {
          x: 'passes',
          y: 'gap',
          stroke: colour(i),
          strokeWidth: 1.6,
          strokeDasharray: i < colours.length ? undefined : '5 3',
          strokeLinejoin: 'round',
        }),
      ),
    ],
  })
  for (const sheet of svg.querySelectorAll('style')) sheet.remove()
  svg.removeAttribute('class')
  return svg.outerHTML
}

/** Points that are less than a hundredth of a decade of passes after the last are left out; the drawing ends where a solver is there. */
function thinned(trace: Race['trace']): { passes: number; gap: number }[] {
  const kept: { passes: number; gap: number }[] = []
  for (const { passes, gap } of trace) {
    const before = kept.at(-1)
    const there = gap <= floor
    if (!before || there || passes >= before.passes * 1.023)
      kept.push({ passes: Math.max(1, passes), gap: Math.max(gap, floor) })
    if (there) break
  }
  return kept
}

const colour = (i: number) => colours[i % colours.length]!
const dashes = (i: number) => (i < colours.length ? '' : ' stroke-dasharray="5 3"')
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
