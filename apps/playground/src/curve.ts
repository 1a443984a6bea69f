// How a solve went: one number against the iteration.
import type { Scale } from './scale.ts'
import { iterations } from './scale.ts'
import { drawnToSize, frame, set, svg } from './svg.ts'

export interface CurveOptions {
  /** What the number is called. */
  readonly name: string
  /** The upright scale, for values seen so far. */
  scale(values: readonly number[], range: readonly [number, number]): Scale
  /** A value to mark by a dashed line. */
  readonly mark?: number
}

/** A picture of `values[k]`, k the iteration; call what it returns with the values so far. */
export function curve(root: SVGSVGElement, options: CurveOptions): (values: readonly number[]) => void {
  const axes = svg('g')
  const mark = svg('line', { class: 'mark' })
  const path = svg('path', { class: 'curve' })
  const head = svg('circle', { class: 'head', r: 3.5 })
  root.append(axes, mark, path, head)
  let size = { width: 0, height: 0 }
  let seen: readonly number[] = []

  const draw = () => {
    if (size.width === 0) return
    const box = { left: 44, top: 28, right: size.width - 12, bottom: size.height - 24 }
    const x = iterations(seen.length - 1, [box.left, box.right])
    const y = options.scale(seen, [box.bottom, box.top])
    axes.replaceChildren(frame(box, { scale: x, name: '' }, { scale: y, name: options.name }))
    if (options.mark !== undefined) {
      const at = y.at(options.mark)
      set(mark, { x1: box.left, x2: box.right, y1: at, y2: at })
    }
    let d = ''
    let drawn = -1
    seen.forEach((value, k) => {
      const at = x.at(k)
      // Thousands of iterations share the last pixels: one for each half pixel is enough.
      if (at < drawn + 0.5 && k < seen.length - 1) return
      drawn = at
      d += `${d ? 'L' : 'M'}${at.toFixed(2)} ${y.at(value).toFixed(2)}`
    })
    set(path, { d: d || 'M0 0' })
    head.toggleAttribute('hidden', seen.length === 0)
    if (seen.length > 0) set(head, { cx: x.at(seen.length - 1), cy: y.at(seen[seen.length - 1]) })
  }
  drawnToSize(root, (width, height) => {
    size = { width, height }
    set(root, { viewBox: `0 0 ${width} ${height}` })
    draw()
  })
  return (values) => {
    seen = values
    draw()
  }
}
