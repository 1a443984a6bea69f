// The drawn parts of a plot, read back from its text by a strict reader of XML.
import { DOMParser } from 'linkedom'

interface Element {
  localName: string
  textContent: string
  getAttribute(name: string): string | null
  querySelectorAll(selector: string): Iterable<Element>
}

export function parsed(svg: string) {
  const document = new DOMParser().parseFromString(svg, 'image/svg+xml') as unknown as {
    documentElement: Element
    toString(): string
  }
  const root = document.documentElement
  const all = (selector: string) => [...root.querySelectorAll(selector)]
  return {
    root,
    all,
    texts: all('text').map(({ textContent }) => textContent),
    /** The points of each curve. */
    curves: all('g[aria-label="line"]')
      .filter((group) => group.getAttribute('stroke-width') === '2')
      .map((group) => pointsOf([...group.querySelectorAll('path')][0].getAttribute('d') ?? '')),
    dashed: all('g[aria-label="line"]').filter((group) => group.getAttribute('stroke-dasharray') === '4 4'),
    areas: all('g[aria-label="area"]'),
  }
}

/** Points of a path of straight pieces, as shares of the default square. */
function pointsOf(path: string): [number, number][] {
  let [x, y] = [0, 0]
  return [...path.matchAll(/([MLHV])([^MLHVZ]*)/g)].map(([, command, numbers]) => {
    const [a, b] = numbers.split(',').map(Number)
    if (command === 'H') x = a
    else if (command === 'V') y = a
    else [x, y] = [a, b]
    return [(x - 60) / 420, 1 - (y - 44) / 420]
  })
}

/** Throws unless tags are closed in order, attributes are quoted and unique, and `<`, `&` are escaped. */
export function checkWellFormed(xml: string): void {
  const open: string[] = []
  const token = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy
  let at = 0
  while (at < xml.length) {
    token.lastIndex = at
    const match = token.exec(xml)
    if (!match) throw new Error(`not well-formed at ${JSON.stringify(xml.slice(at, at + 40))}`)
    const [whole, closing, name, attributes = '', empty, text = ''] = match
    if (/&(?!(?:amp|lt|gt|quot);)/.test(attributes + text)) throw new Error(`a bare & in ${whole}`)
    const names = [...attributes.matchAll(/([\w:-]+)="/g)].map(([, attribute]) => attribute)
    if (new Set(names).size !== names.length) throw new Error(`an attribute twice in ${whole}`)
    if (closing && open.pop() !== name) throw new Error(`</${name}> closes nothing`)
    if (name && !closing && !empty) open.push(name)
    at += whole.length
  }
  if (open.length > 0) throw new Error(`<${open.pop()}> is not closed`)
}
