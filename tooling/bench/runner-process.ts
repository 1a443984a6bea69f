// A runner at work: a process that is asked for one run at a time, so that the sides can take turns.
import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Runner } from './task.ts'

/** Whether what a runner needs is installed. */
export function installed({ needs }: Runner): boolean {
  if (!needs) return true
  const [program, ...rest] = needs
  return spawnSync(program!, rest, { stdio: 'ignore' }).status === 0
}

export interface RunnerProcess {
  /** Sends a line and waits for the answer; null if it does not come within so many seconds, which ends the process. */
  ask<Answer>(line: string, seconds?: number): Promise<Answer | null>
  stop(): void
}

/** Starts it; the first answer waits until it has loaded the data. */
export function start({ name, command }: Runner, folder: string, work: string, threads = 1): RunnerProcess {
  const [program, ...rest] = command
  // As many threads on each side; ours are told by an argument.
  const limits = Object.fromEntries(
    ['OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'].map((key) => [key, `${threads}`]),
  )
  const child = spawn(program!, [...rest, folder, work, `${threads}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...limits },
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async ask<Answer>(line: string, seconds = Infinity) {
      let late = false
      // Timers of more than 24 days fire at once.
      const timer =
        seconds < 1e6
          ? setTimeout(() => {
              late = true
              child.kill('SIGKILL')
            }, seconds * 1000)
          : undefined
      child.stdin.write(`${line}\n`)
      const { value, done } = await lines.next()
      clearTimeout(timer)
      if (late) return null
      if (done) throw new Error(`${name}: ended before it answered`)
      return JSON.parse(value) as Answer
    },
    stop() {
      child.stdin.end()
    },
  }
}
