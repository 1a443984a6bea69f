import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCsvFile } from '../src/csv-file.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'logodds-data-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('reads a file, and calls it by its path', async () => {
  const path = join(folder, 'train.csv')
  writeFileSync(path, 'age,y\n30,no\n41,yes\n')
  const table = await readCsvFile(path)
  expect(table.name).toBe(path)
  expect(table.columns.map(({ kind }) => kind)).toEqual(['number', 'text'])
})

test('a file that is not there, a folder, an empty file', async () => {
  await expect(readCsvFile(join(folder, 'nope.csv'), { name: 'nope.csv' })).rejects.toMatchObject({
    name: 'DataError',
    message: 'nope.csv: no such file',
    file: 'nope.csv',
  })
  await expect(readCsvFile(folder, { name: 'here' })).rejects.toThrow('here: a folder, not a file')
  writeFileSync(join(folder, 'empty.csv'), '')
  await expect(readCsvFile(join(folder, 'empty.csv'), { name: 'empty.csv' })).rejects.toThrow(
    /^empty.csv: empty file/,
  )
})
