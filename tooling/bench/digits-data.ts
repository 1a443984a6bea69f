// Pictures that look like scanned digits, with labels: T5's data. Each class has a shape of seven spots, each picture has it moved, bent and
// inked in its own way; four fifths of the pixels are 0, and some at the rim are in all pictures.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { seeded } from './seeded.ts'

const SIDE = 28
const SPOTS = 7
// A spot's standard deviation.
const SPREAD = 1.8
// Ink below it does not show.
const THRESHOLD = 0.22
const NOISE = 0.06
// A label that has nothing to do with the picture.
const WRONG = 0.08

export interface Digits {
  readonly rows: number
  readonly columns: number
  readonly classes: number
  /** f is the mean loss + ‖W‖² / (2 C rows), the intercepts unpenalised. */
  readonly C: number
  /** Row-major, 0 … 255: a pixel is that part of 256. */
  readonly pixels: Uint8Array
  readonly y: Uint8Array
}

/** Writes `pixels.u8`, `y.u8`, and the rest as `digits.json`. */
export function makeDigits(folder: string, seed: number, rows: number, C = 1, classes = 10): void {
  const { uniform, normal } = seeded(seed)
  const columns = SIDE * SIDE
  const between = (low: number, high: number) => low + (high - low) * uniform()
  const shapes = Array.from({ length: classes }, () =>
    Array.from({ length: SPOTS }, () => ({ x: between(7, 21), y: between(6, 22), ink: between(0.6, 1.2) })),
  )
  const pixels = new Uint8Array(rows * columns)
  const y = new Uint8Array(rows)
  const picture = new Float64Array(columns)
  const along = new Float64Array(SIDE)
  const down = new Float64Array(SIDE)
  const profile = (out: Float64Array, centre: number, height: number) => {
    for (let q = 0; q < SIDE; q++) out[q] = height * Math.exp(-((q - centre) ** 2) / (2 * SPREAD ** 2))
  }
  for (let i = 0; i < rows; i++) {
    const shape = Math.floor(classes * uniform())
    y[i] = uniform() < WRONG ? Math.floor(classes * uniform()) : shape
    const [right, below] = [normal(), normal()]
    picture.fill(0)
    for (const spot of shapes[shape]!) {
      profile(along, spot.x + right + normal(), 1)
      profile(down, spot.y + below + normal(), spot.ink * Math.exp(0.35 * normal()))
      for (let r = 0; r < SIDE; r++)
        for (let c = 0; c < SIDE; c++) picture[r * SIDE + c]! += down[r]! * along[c]!
    }
    for (let q = 0; q < columns; q++) {
      const ink = picture[q]! > 0.15 ? picture[q]! + NOISE * normal() : 0
      const shown = (1.3 * (ink - THRESHOLD)) / (1 - THRESHOLD)
      pixels[i * columns + q] = Math.max(0, Math.min(255, Math.floor(256 * shown)))
    }
  }
  writeFileSync(path.join(folder, 'digits.json'), JSON.stringify({ rows, columns, classes, C }))
  writeFileSync(path.join(folder, 'pixels.u8'), pixels)
  writeFileSync(path.join(folder, 'y.u8'), y)
}

export function readDigits(folder: string): Digits {
  const bytes = (name: string) => new Uint8Array(readFileSync(path.join(folder, name)))
  const shape = JSON.parse(readFileSync(path.join(folder, 'digits.json'), 'utf8'))
  return { ...shape, pixels: bytes('pixels.u8'), y: bytes('y.u8') }
}
