// Dense data, drawn from the model that is fitted to them.
import { type Labelled, type Shape, writeLabelled } from './labelled-data.ts'
import { type Seeded, seeded } from './seeded.ts'

/** n × p independent standard-normal columns; the log-odds have standard deviation 2. */
export function makeNormal(folder: string, seed: number, rows: number, columns: number, C = 1): void {
  const random = seeded(seed)
  const values = new Float64Array(rows * columns)
  for (let q = 0; q < values.length; q++) values[q] = random.normal()
  const w = truth(random, columns)
  const shape: Shape = { rows, columns, sparse: false, C, intercept: true }
  writeLabelled(folder, { shape, values, y: labels(random, rows, values, w) })
}

/** Five groups of columns, two columns of a group being correlated by ρ = 0.97, on scales from 1e-2 to 1e3. */
export function makeIllConditioned(folder: string, seed: number, rows: number, columns: number): void {
  const random = seeded(seed)
  const [common, own] = [Math.sqrt(0.97), Math.sqrt(0.03)]
  const values = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    const factors = Array.from({ length: 5 }, random.normal)
    for (let j = 0; j < columns; j++)
      values[i * columns + j] = common * factors[j % 5]! + own * random.normal()
  }
  const y = labels(random, rows, values, truth(random, columns))
  // 37 is prime to the number of columns, so that each group has small and large ones.
  const scale = Array.from(
    { length: columns },
    (_, j) => 10 ** (-2 + (5 * ((37 * j) % columns)) / (columns - 1)),
  )
  for (let q = 0; q < values.length; q++) values[q]! *= scale[q % columns]!
  const shape: Shape = { rows, columns, sparse: false, C: 1, intercept: true }
  writeLabelled(folder, { shape, values, y })
}

const truth = ({ normal }: Seeded, columns: number): Float64Array =>
  Float64Array.from({ length: columns }, () => (2 * normal()) / Math.sqrt(columns))

function labels({ uniform }: Seeded, rows: number, values: Float64Array, w: Float64Array): Labelled['y'] {
  return Uint8Array.from({ length: rows }, (_, i) => {
    const eta = w.reduce((sum, v, j) => sum + v * values[i * w.length + j]!, -0.5)
    return +(uniform() < 1 / (1 + Math.exp(-eta)))
  })
}
