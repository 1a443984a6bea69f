// The worker: holds one fit, advances it when told, and reports every step. Between slices of work it listens, so that a pause or
// another choice is heard within a few milliseconds.
import { delayAfter } from './pace.ts'
import type { FromWorker, StepReport, ToWorker, Verdict } from './protocol.ts'
import { openSession, type Session } from './session.ts'

const SLICE = 12

let fit = 0
let session: Session | null = null
let pace = 1
let due = 0
let timer: ReturnType<typeof setTimeout> | undefined

const say = (message: FromWorker) => postMessage(message)

/** Advances while steps are due and `count` lasts, then reports; returns whether the fit is still open. */
function work(count: number): boolean {
  if (!session) return false
  const steps: StepReport[] = []
  const began = performance.now()
  let verdict: Verdict | null = null
  for (let now = began; !verdict && steps.length < count; now = performance.now()) {
    if (steps.length > 0 && (now < due || now - began > SLICE)) break
    const advance = session.advance()
    verdict = advance.verdict
    if (!advance.step) break
    steps.push(advance.step)
    due += delayAfter(advance.step.iteration, pace)
  }
  if (steps.length > 0) say({ kind: 'steps', fit, steps })
  if (verdict) end(verdict)
  return session !== null
}

function end(verdict: Verdict): void {
  session = null
  say({ kind: 'end', fit, verdict })
}

function run(): void {
  if (work(Number.POSITIVE_INFINITY))
    timer = setTimeout(() => guarded(run), Math.max(0, due - performance.now()))
}

function obey(message: ToWorker): void {
  if (message.kind !== 'start' && (message.fit !== fit || !session)) return
  clearTimeout(timer)
  switch (message.kind) {
    case 'start':
      fit = message.fit
      session = openSession(message.request)
      work(1)
      break
    case 'step':
      work(1)
      break
    case 'run':
      pace = message.pace
      due = performance.now()
      run()
      break
    case 'pause':
      break
    case 'stop':
      if (session) end(session.stop())
  }
}

// A failure is told and ends the fit: a worker that dies says nothing.
function guarded(task: () => void): void {
  try {
    task()
  } catch (error) {
    session = null
    say({ kind: 'error', fit, message: error instanceof Error ? error.message : String(error) })
  }
}

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => guarded(() => obey(data)))
