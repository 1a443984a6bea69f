// A file of its own, so that this is the first reading in its process: the parser is still being loaded when the stream fails.
import { expect, it } from 'vitest'
import { readCsvFile } from '../src/csv-file.ts'

it('a missing file is a DataError, also when nothing was read before', async () => {
  await expect(readCsvFile('no-such-file.csv')).rejects.toMatchObject({
    name: 'DataError',
    message: 'no-such-file.csv: no such file',
  })
})
