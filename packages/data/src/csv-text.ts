// Where CSV comes from, as pieces of text: a string, anything that can be iterated, or a web stream, of strings or of bytes.
import { dataError } from './data-error.ts'

/** What a web ReadableStream is, as far as it matters here. */
export interface ReadableChunks {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | string | undefined }>
    cancel(reason?: unknown): Promise<void>
  }
}

/** CSV as text, or as a stream of text or of bytes (UTF-8, or UTF-16 with a byte order mark). */
export type CsvSource =
  | string
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>
  | ReadableChunks

/**
 * The source as pieces of text that end between characters.
 *
 * @throws DataError if bytes are not UTF-8 (or marked UTF-16), or if there are NUL characters.
 */
export async function* textChunks(source: CsvSource, name: string): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null
  const decode = (bytes?: Uint8Array): string => {
    if (decoder === null) {
      if (bytes === undefined) return ''
      const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe
      decoder = new TextDecoder(utf16 ? 'utf-16le' : 'utf-8', { fatal: true })
    }
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined })
    } catch {
      throw dataError('not UTF-8 text: save it as CSV in UTF-8', { file: name })
    }
  }
  let held = ''
  for await (const chunk of chunks(source)) {
    let text = held + (typeof chunk === 'string' ? chunk : decode(chunk))
    if (text.includes('\0')) throw dataError('not a text file: it contains NUL characters', { file: name })
    // Half of a surrogate pair waits for the other half.
    const last = text.charCodeAt(text.length - 1)
    held = last >= 0xd800 && last <= 0xdbff ? text.slice(-1) : ''
    if (held) text = text.slice(0, -1)
    if (text) yield text
  }
  const rest = held + decode()
  if (rest) yield rest
}

async function* chunks(source: CsvSource): AsyncGenerator<Uint8Array | string> {
  if (typeof source === 'string') {
    for (let at = 0; at < source.length; at += 65536) yield source.slice(at, at + 65536)
  } else if ('getReader' in source) {
    // Not every browser's ReadableStream can be iterated.
    const reader = source.getReader()
    try {
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return
        if (value !== undefined) yield value
      }
    } finally {
      await reader.cancel()
    }
  } else {
    yield* source
  }
}
