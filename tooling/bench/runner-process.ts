// A runner at work: a process that is asked for one run at a time, so that the sides can take turns.
import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Run, Runner } from './task.ts'

// One thread on each side.
const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' }

/** Whether what a runner needs is installed. */
export function installed({ needs }: Runner): boolean {
  if (!needs) return true
  const [program, ...rest] = needs
  return spawnSync(program!, rest, { stdio: 'ignore' }).status === 0
}

export interface RunnerProcess {
  run(): Promise<Run>
  stop(): void
}

/** Starts it; the first `run` waits until it has loaded the data. */
export function start({ name, command }: Runner, folder: string, work: string): RunnerProcess {
  const [program, ...rest] = command
  const child = spawn(program!, [...rest, folder, work], { stdio: ['pipe', 'pipe', 'inherit'], env })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async run() {
      child.stdin.write('run\n')
      const { value, done } = await lines.next()
      if (done) throw new Error(`${name}: ended before it answered`)
      return JSON.parse(value) as Run
    },
    stop() {
      child.stdin.end()
    },
  }
}
