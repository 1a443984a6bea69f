// Reading and coding a table of 20,000 rows and 30 columns (about 5 MB of text).
import { bench } from 'vitest'
import { coding } from '../src/coding.ts'
import { readCsv } from '../src/csv-read.ts'
import { writeCsv } from '../src/csv-write.ts'
import { encode } from '../src/encode.ts'
import { tableOf } from '../src/table.ts'

const rows = 20_000
const columns = Object.fromEntries(
  Array.from({ length: 30 }, (_, j) => [
    `c${j}`,
    Array.from({ length: rows }, (_, i) => (j === 29 ? `class ${i % 5}` : Math.sin(i * 30 + j).toFixed(6))),
  ]),
)
const text = writeCsv(tableOf(columns))
const table = await readCsv(text)
const recipe = coding(table)

bench('readCsv', async () => void (await readCsv(text)), { time: 2000 })
bench('writeCsv', () => void writeCsv(table), { time: 1000 })
bench('coding', () => void coding(table))
bench('encode', () => void encode(recipe, table))
