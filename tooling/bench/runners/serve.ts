// Doing one piece of work for each line of standard input, and saying how long it took.
import { createInterface } from 'node:readline'

export async function serve(work: () => number): Promise<void> {
  for await (const _ of createInterface({ input: process.stdin })) {
    const from = performance.now()
    const answer = work()
    console.log(JSON.stringify({ seconds: (performance.now() - from) / 1000, answer }))
  }
}
