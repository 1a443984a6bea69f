// Data of the tasks whose rows have one of two labels, in files that every side reads: little-endian numbers, one behind the other.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What is in a folder. `task.json` holds this; X is in `X.f64`, row-major, or in `values.f64`, `indices.i32` and `indptr.i32`; y in `y.u8`. */
export interface Shape {
  readonly rows: number
  readonly columns: number
  readonly sparse: boolean
  /** As scikit-learn has it: f is the mean loss + ‖w‖² / (2 C rows). */
  readonly C: number
  /** Whether there is one, unpenalised; it is the last of the coefficients. */
  readonly intercept: boolean
}

export interface Labelled {
  readonly shape: Shape
  /** 0 or 1. */
  readonly y: Uint8Array
  /** All numbers of X, or those that are stored. */
  readonly values: Float64Array
  /** Where X is sparse: the column of each, and where each row begins. */
  readonly indices?: Int32Array
  readonly indptr?: Int32Array
}

export function writeLabelled(folder: string, { shape, y, values, indices, indptr }: Labelled): void {
  const write = (name: string, content: NodeJS.ArrayBufferView | string) =>
    writeFileSync(path.join(folder, name), content)
  write('task.json', JSON.stringify(shape))
  write('y.u8', y)
  write(indices ? 'values.f64' : 'X.f64', values)
  if (indices) write('indices.i32', indices)
  if (indptr) write('indptr.i32', indptr)
}

export function readLabelled(folder: string): Labelled {
  // A copy, so that numbers begin where numbers may.
  const bytes = (name: string) => new Uint8Array(readFileSync(path.join(folder, name))).buffer
  const shape: Shape = JSON.parse(readFileSync(path.join(folder, 'task.json'), 'utf8'))
  const y = new Uint8Array(bytes('y.u8'))
  if (!shape.sparse) return { shape, y, values: new Float64Array(bytes('X.f64')) }
  return {
    shape,
    y,
    values: new Float64Array(bytes('values.f64')),
    indices: new Int32Array(bytes('indices.i32')),
    indptr: new Int32Array(bytes('indptr.i32')),
  }
}
