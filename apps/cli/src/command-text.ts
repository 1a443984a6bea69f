// A command as it would be typed into a POSIX shell, over several lines where one is too short.
import { LINE_WIDTH } from './table-text.ts'

/** Lines of text, with a line end each; `into` is the file that stdout goes to. */
export function commandText(words: readonly string[], into?: string): string {
  const lines: string[] = []
  let line = '$'
  for (const word of [
    ...pairs(words.map(shellWord)),
    ...(into === undefined ? [] : [`> ${shellWord(into)}`]),
  ]) {
    // Room for ` \` at the end.
    if (line.length + 1 + word.length > LINE_WIDTH - 2) {
      lines.push(`${line} \\`)
      line = `   `
    }
    line += ` ${word}`
  }
  return [...lines, line].map((text) => `${text}\n`).join('')
}

// An option and its value stay on one line.
function pairs(words: readonly string[]): string[] {
  const joined: string[] = []
  for (const word of words) {
    const last = joined.at(-1)
    if (last?.startsWith('--') && !last.includes(' ') && !word.startsWith('--'))
      joined[joined.length - 1] = `${last} ${word}`
    else joined.push(word)
  }
  return joined
}

const shellWord = (word: string) =>
  /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
