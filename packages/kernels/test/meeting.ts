// A module whose calls wait for one another: what it does shows how many threads are at work at a time.
import { assemble } from '../scripts/compile.mjs'
import { compiled, instantiate, memoryOf } from '../src/web-assembly.ts'

const SOURCE = `
/** Counts itself, then waits until so many have. */
export function meet(count: usize, people: i32): i32 {
  atomic.add<i32>(count, 1)
  while (atomic.load<i32>(count) < people) {}
  return people
}
/** The first waits until the second has begun, which fails. */
export function fail(chunk: i32, begun: usize): void {
  if (chunk === 1) {
    atomic.store<i32>(begun, 1)
    unreachable()
  }
  while (chunk === 0 && atomic.load<i32>(begun) === 0) {}
}
/** The first waits until the second has begun, which counts on for ever. */
export function stay(chunk: i32, begun: usize): void {
  if (chunk === 1) while (true) atomic.add<i32>(begun, 1)
  while (chunk === 0 && atomic.load<i32>(begun) === 0) {}
}
`

export interface Meeting {
  meet(count: number, people: number): number
  fail(chunk: number, begun: number): void
  stay(chunk: number, begun: number): void
}

const code = compiled(
  await assemble(
    'meeting.ts',
    (file) => {
      if (file === 'meeting.ts') return SOURCE
      throw new Error(`no ${file}`)
    },
    ['--sharedMemory', '--enable', 'threads'],
  ),
)

/** The module on a memory of its own, and that as whole numbers. */
export function meeting(): { module: Meeting; words: Int32Array } {
  const memory = memoryOf(65536, true)
  return { module: instantiate<Meeting & object>(code, memory), words: new Int32Array(memory.buffer) }
}
