// The page's end of the line to the worker: one fit at a time, and silence from those that were given up.
import type { FitRequest, FromWorker, StepReport, ToWorker, Verdict } from './protocol.ts'

export interface Listener {
  steps(steps: readonly StepReport[]): void
  end(verdict: Verdict): void
  failed(message: string): void
}

export interface FitWorker {
  /** Gives up the present fit and starts another, which reports step 0 and then waits. */
  start(request: FitRequest): void
  step(): void
  run(pace: number): void
  pause(): void
  stop(): void
}

export function fitWorker(listener: Listener): FitWorker {
  let worker: Worker | null = null
  let fit = 0

  const hire = (): Worker => {
    const hired = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    hired.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.fit !== fit) return
      if (data.kind === 'steps') listener.steps(data.steps)
      else if (data.kind === 'end') listener.end(data.verdict)
      else listener.failed(data.message)
    })
    // It could not be loaded, or it broke: the next fit gets another one.
    hired.addEventListener('error', (event) => {
      worker = null
      listener.failed(event.message || 'The worker could not be loaded; run it again to try once more.')
    })
    return hired
  }
  const say = (message: ToWorker) => {
    worker ??= hire()
    worker.postMessage(message)
  }

  return {
    start: (request) => say({ kind: 'start', fit: ++fit, request }),
    step: () => say({ kind: 'step', fit }),
    run: (pace) => say({ kind: 'run', fit, pace }),
    pause: () => say({ kind: 'pause', fit }),
    stop: () => say({ kind: 'stop', fit }),
  }
}
