// Doing one fit for each setting that comes as a line of standard input, and saying how long it took and where it ended.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { FitRun } from '../fit-task.ts'

/** What a fit gives: the coefficients, the intercept last, and passes if they are counted. */
export interface Fitted {
  readonly at: Float64Array
  readonly passes?: number
}

export async function serveFits(
  folder: string,
  fit: (setting: number) => Fitted | Promise<Fitted>,
): Promise<void> {
  const coefficients = path.join(folder, `coefficients-${process.pid}.f64`)
  for await (const line of createInterface({ input: process.stdin })) {
    const from = performance.now()
    const { at, passes } = await fit(JSON.parse(line))
    const seconds = (performance.now() - from) / 1000
    writeFileSync(coefficients, at)
    console.log(JSON.stringify({ seconds, coefficients, passes } satisfies FitRun))
  }
}
