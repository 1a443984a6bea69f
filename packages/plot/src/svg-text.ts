// An SVG element as text that stands alone. Written here, since a page's serializer and linkedom's differ, and `outerHTML` is HTML.

/** What is used of a DOM node. */
export interface SvgNode {
  /** Of an element, as written (`nodeName` may be in capitals). */
  readonly localName?: string
  readonly nodeType: number
  readonly nodeValue: string | null
  readonly attributes?: ArrayLike<{ readonly name: string; readonly value: string }>
  readonly childNodes: ArrayLike<SvgNode>
}

const ELEMENT = 1
const TEXT = 3

/** XML of an element, its attributes and what it contains; comments are left out. */
export function svgText(node: SvgNode): string {
  if (node.nodeType === TEXT) return escapeXml(node.nodeValue ?? '')
  if (node.nodeType !== ELEMENT) return ''
  const attributes = Array.from(node.attributes ?? [], ({ name, value }) => ` ${name}="${escapeXml(value)}"`)
  const content = Array.from(node.childNodes, svgText).join('')
  const open = `<${node.localName}${attributes.join('')}`
  return content === '' ? `${open}/>` : `${open}>${content}</${node.localName}>`
}

/** The characters that XML 1.0 gives a meaning become entities, those that it forbids U+FFFD. */
function escapeXml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"]/g, (character) => entities[character])
}
