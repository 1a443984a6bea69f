// Elements of a picture, and the frame that all the pictures of the page have in common.
import type { Box } from './boundary.ts'
import type { Scale } from './scale.ts'

type Attributes = Readonly<Record<string, string | number>>

/** A new SVG element. */
export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name)
  set(element, attributes)
  element.append(...children)
  return element
}

export function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
}

/** Grid, tick marks and names of two axes. */
export function frame(
  { left, top, right, bottom }: Box,
  x: { readonly scale: Scale; readonly name: string },
  y: { readonly scale: Scale; readonly name: string },
): SVGGElement {
  const group = svg('g', { class: 'frame' })
  for (const { value, text } of x.scale.ticks) {
    const at = x.scale.at(value)
    group.append(
      svg('line', { class: 'grid', x1: at, x2: at, y1: top, y2: bottom }),
      svg('text', { class: 'tick across', x: at, y: bottom + 16, 'data-value': value }, text),
    )
  }
  for (const { value, text } of y.scale.ticks) {
    const at = y.scale.at(value)
    group.append(
      svg('line', { class: 'grid', x1: left, x2: right, y1: at, y2: at }),
      svg('text', { class: 'tick up', x: left - 8, y: at, 'data-value': value }, text),
    )
  }
  group.append(
    svg('text', { class: 'axis across', x: right, y: bottom + 34 }, x.name),
    svg('text', { class: 'axis up', x: left, y: top - 10 }, y.name),
  )
  return group
}

/** Calls `draw` with the size of the element in CSS pixels, now and whenever it changes. */
export function drawnToSize(element: SVGSVGElement, draw: (width: number, height: number) => void): void {
  new ResizeObserver(() => {
    const { width, height } = element.getBoundingClientRect()
    if (width > 0 && height > 0) draw(width, height)
  }).observe(element)
}
