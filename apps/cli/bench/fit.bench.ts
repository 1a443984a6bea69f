// From a CSV file to a model and back to predictions, 20 000 rows × 20 columns.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bench } from 'vitest'
import { run } from '../src/main.ts'

const cwd = mkdtempSync(join(tmpdir(), 'logodds-bench-'))
const world = { cwd, out: () => undefined, err: () => undefined, colour: { out: false, err: false } }
const rows = Array.from({ length: 20_000 }, (_, i) => {
  const x = Array.from({ length: 20 }, (_, j) => Math.sin((i + 1) * (j + 1)))
  return `${x.map((value) => value.toFixed(5)).join(',')},${x[0] + Math.sin(i * 7.3) > 0 ? 'yes' : 'no'}`
})
writeFileSync(
  join(cwd, 'data.csv'),
  `${Array.from({ length: 20 }, (_, j) => `x${j}`).join(',')},y\n${rows.join('\n')}\n`,
)

bench('fit', async () => void (await run(['fit', 'data.csv', '--target', 'y', '--out', 'model.json'], world)))
bench(
  'predict',
  async () => void (await run(['predict', 'model.json', 'data.csv', '--out', 'predictions.csv'], world)),
)
bench('evaluate', async () => void (await run(['evaluate', 'model.json', 'data.csv'], world)))
