// The table that a command works on, called in messages what the user called it.
import { type CsvOptions, readCsvFile, type Table } from '@logodds/data'
import { inputPath } from './input-file.ts'
import type { World } from './world.ts'

export async function readTable(world: World, name: string, options: CsvOptions = {}): Promise<Table> {
  return readCsvFile(await inputPath(world.cwd, name), { name, ...options })
}
