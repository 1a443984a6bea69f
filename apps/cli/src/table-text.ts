// Tables for a terminal of 80 columns: no borders, two spaces between columns, long names cut short.
import Table from 'cli-table3'
import type { Colors } from 'picocolors/types'
import { alignedOnPoint } from './number-text.ts'

export const LINE_WIDTH = 80
const GAP = '  '

export interface TableColumn {
  /** A table whose heads are all empty has no header line. */
  readonly head: string
  readonly cells: readonly string[]
  /** Default 'left'; 'point' is to the right with the decimal points under each other. */
  readonly align?: 'left' | 'right' | 'point'
}

/** Lines of text, with a line end each. Columns that would not fit are cut short with an ellipsis, the widest ones first. */
export function tableText(columns: readonly TableColumn[], ink: Colors, indent = 0): string {
  const cells = columns.map(({ cells, align }) => (align === 'point' ? alignedOnPoint(cells) : cells))
  const natural = columns.map(({ head }, j) =>
    Math.max(...[head, ...cells[j]].map((text) => [...text].length)),
  )
  const table = new Table({
    head: columns.some(({ head }) => head !== '') ? columns.map(({ head }) => ink.bold(head)) : [],
    colWidths: fitted(natural, LINE_WIDTH - indent - GAP.length * (columns.length - 1)),
    colAligns: columns.map(({ align = 'left' }) => (align === 'left' ? 'left' : 'right')),
    chars: borderless,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  })
  const rows = cells[0]?.length ?? 0
  for (let i = 0; i < rows; i++) table.push(cells.map((column) => column[i]))
  return table
    .toString()
    .split('\n')
    .map((line) => `${' '.repeat(indent)}${line}`.trimEnd())
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .join('')
}

function fitted(widths: readonly number[], room: number): number[] {
  const narrowed = [...widths]
  for (let excess = narrowed.reduce((a, b) => a + b, 0) - room; excess > 0; excess--)
    narrowed[narrowed.indexOf(Math.max(...narrowed))]--
  return narrowed
}

const borderless = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: GAP,
}
