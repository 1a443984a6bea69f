// The last lines of a command's report: which files it wrote.
import type { OutputFile } from './output-files.ts'

export function writtenText(files: readonly OutputFile[]): string {
  return files.length === 0 ? '' : `\n${files.map(({ name }) => `Wrote ${name}\n`).join('')}`
}
