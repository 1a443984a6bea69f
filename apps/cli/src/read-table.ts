// The table that a command works on, called in messages what the user called it.
import { resolve } from 'node:path'
import { readCsvFile, type Table } from '@logodds/data'
import type { World } from './world.ts'

export function readTable(world: World, name: string): Promise<Table> {
  return readCsvFile(resolve(world.cwd, name), { name })
}
