// The page: choices go to the worker, steps come back and are drawn, at most once a frame.
import { iris } from '@logodds/data'
import { controls } from './controls.ts'
import { curve } from './curve.ts'
import { byId } from './element.ts'
import { fitWorker } from './fit-worker.ts'
import { pairOf } from './pair.ts'
import type { StepReport, Verdict } from './protocol.ts'
import { report } from './report.ts'
import { linear, logarithmic } from './scale.ts'
import { scatter } from './scatter.ts'
import { TOLERANCE } from './solvers.ts'

type Phase = 'waiting' | 'running' | 'ended'

const picture = scatter(byId('scatter', SVGSVGElement))
const lossCurve = curve(byId('loss-curve', SVGSVGElement), {
  name: 'mean loss + penalty, by iteration',
  scale: (values, range) => linear([0, Math.max(0.7, values[0] ?? 0)], range, 4),
})
const gradientCurve = curve(byId('gradient-curve', SVGSVGElement), {
  name: 'gradient norm, by iteration',
  scale: (_, range) => logarithmic([-16, 0], range, 4),
  mark: TOLERANCE,
})
const words = report()
const buttons = {
  run: byId('run', HTMLButtonElement),
  step: byId('step', HTMLButtonElement),
  stop: byId('stop', HTMLButtonElement),
  reset: byId('reset', HTMLButtonElement),
}
const pace = byId('pace', HTMLSelectElement)

let phase: Phase = 'waiting'
let steps: StepReport[] = []
let verdict: Verdict | null = null
let drawing = false

const worker = fitWorker({
  steps(more) {
    steps.push(...more)
    redraw()
  },
  end(how) {
    verdict = how
    enter('ended')
    redraw()
  },
  failed(message) {
    enter('ended')
    words.failure(message)
  },
})
const chosen = controls(() => restart())
let pair = pairOf(chosen())

/** Gives up what is going on and stands at the start of the chosen fit. */
function restart(): void {
  const choice = chosen()
  pair = pairOf(choice)
  steps = []
  verdict = null
  picture.showPair(pair)
  worker.start({
    X: pair.X,
    labels: pair.labels,
    positive: choice.species[1],
    solver: choice.solver,
    lambda: choice.lambda,
  })
  enter('waiting')
  words.state('Ready.', 'Run it, or take one step.')
}

function enter(next: Phase): void {
  phase = next
  buttons.run.textContent = phase === 'running' ? 'Pause' : phase === 'ended' ? 'Run again' : 'Run'
  // Not `disabled`, which would take the keyboard's place on the page away.
  buttons.step.setAttribute('aria-disabled', String(phase !== 'waiting'))
  buttons.stop.setAttribute('aria-disabled', String(phase === 'ended'))
}

function redraw(): void {
  if (drawing) return
  drawing = true
  requestAnimationFrame(() => {
    drawing = false
    const last = steps.at(-1)
    if (!last) return
    words.step(pair, last)
    if (verdict) words.verdict(pair, verdict)
    picture.showFit(verdict ?? last)
    lossCurve(steps.map(({ value }) => value))
    gradientCurve(steps.map(({ optimality }) => optimality))
  })
}

buttons.run.addEventListener('click', () => {
  if (phase === 'running') {
    worker.pause()
    enter('waiting')
    words.state('Paused.', 'Run on, or take one step.')
    return
  }
  if (phase === 'ended') restart()
  worker.run(Number(pace.value))
  enter('running')
  words.state('Running.', '')
})
buttons.step.addEventListener('click', () => {
  if (phase !== 'waiting') return
  words.state('Stepping.', 'Run on, or take one step more.')
  worker.step()
})
buttons.stop.addEventListener('click', () => {
  if (phase !== 'ended') worker.stop()
})
buttons.reset.addEventListener('click', restart)
pace.addEventListener('change', () => {
  if (phase === 'running') worker.run(Number(pace.value))
})

byId('source', HTMLElement).textContent = iris().source
restart()
