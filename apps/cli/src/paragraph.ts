// Running text, broken into lines of at most 80 columns.
import { LINE_WIDTH } from './table-text.ts'

export interface ParagraphOptions {
  /** Spaces before every line but the first. Default 0. */
  hang?: number
  /** Colours a line. Default: none. */
  paint?: (line: string) => string
}

/** Lines of text, with a line end each. A word longer than a line stays whole. */
export function paragraph(text: string, { hang = 0, paint = (line) => line }: ParagraphOptions = {}): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if ([...longer].length <= LINE_WIDTH || line.trim() === '') line = longer
    else {
      lines.push(line)
      line = `${' '.repeat(hang)}${word}`
    }
  }
  return [...lines, line].map((each) => `${paint(each)}\n`).join('')
}
