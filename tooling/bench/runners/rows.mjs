// What the sides of the task for JavaScript have in common: X as an array of rows, and fits on demand, each saying how long it took.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** @param {string} folder */
export function readRows(folder) {
  const bytes = (/** @type {string} */ name) => new Uint8Array(readFileSync(path.join(folder, name))).buffer
  const { rows, columns, C } = JSON.parse(readFileSync(path.join(folder, 'task.json'), 'utf8'))
  const values = new Float64Array(bytes('X.f64'))
  return {
    X: Array.from({ length: rows }, (_, i) => Array.from(values.subarray(i * columns, (i + 1) * columns))),
    y: Array.from(new Uint8Array(bytes('y.u8'))),
    lambda: 1 / (C * rows),
  }
}

/**
 * One fit for each line of standard input, which is the setting.
 *
 * @param {string} folder
 * @param {(setting: number) => ArrayLike<number> | Promise<ArrayLike<number>>} fit gives the coefficients, the intercept last
 */
export async function serveFits(folder, fit) {
  const coefficients = path.join(folder, `coefficients-${process.pid}.f64`)
  for await (const line of createInterface({ input: process.stdin })) {
    const from = performance.now()
    const at = await fit(JSON.parse(line))
    const seconds = (performance.now() - from) / 1000
    writeFileSync(coefficients, Float64Array.from(at))
    console.log(JSON.stringify({ seconds, coefficients }))
  }
}
