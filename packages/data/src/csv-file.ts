// A CSV file on disk, under Node.
import { type CsvOptions, readCsv } from './csv-read.ts'
import { dataError } from './data-error.ts'
import type { Table } from './table.ts'

// Asked for at the time of the call, so that a bundle for browsers holds no `node:fs`.
interface FileSystem {
  createReadStream(path: string): AsyncIterable<Uint8Array>
}

/**
 * Reads a CSV file as a stream. Node only (20.16 or later); in browsers pass a `fetch` body or a `File`'s stream to `readCsv`.
 * Options and errors as for `readCsv`; messages call the table by `path` unless `name` is given.
 *
 * @throws DataError also if the file does not exist, is a folder, or may not be read.
 */
export async function readCsvFile(path: string, options: CsvOptions = {}): Promise<Table> {
  const { process } = globalThis as { process?: { getBuiltinModule?(id: string): unknown } }
  const fs = process?.getBuiltinModule?.('node:fs') as FileSystem | undefined
  if (!fs) throw new Error('readCsvFile: expected Node 20.16 or later; elsewhere use readCsv with a stream')
  const name = options.name ?? path
  try {
    return await readCsv(opened(fs, path), { ...options, name })
  } catch (error) {
    const code = (error as { code?: unknown }).code
    if (code === 'ENOENT') throw dataError('no such file', { file: name })
    if (code === 'EISDIR') throw dataError('a folder, not a file', { file: name })
    if (code === 'EACCES' || code === 'EPERM') throw dataError('no permission to read it', { file: name })
    throw error
  }
}

// A stream that is opened when it is first read: one that fails before anyone listens would end the process.
async function* opened(fs: FileSystem, path: string): AsyncGenerator<Uint8Array> {
  yield* fs.createReadStream(path)
}
