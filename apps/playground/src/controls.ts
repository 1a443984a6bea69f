// What the visitor chose.
import { byId } from './element.ts'
import { type Choice, choices, spoken } from './pair.ts'
import type { SolverName } from './solvers.ts'

/** What the slider offers. */
const LAMBDAS = [0, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, 10]

export interface Chosen extends Choice {
  readonly solver: SolverName
  readonly lambda: number
}

/** Fills the lists, and calls `changed` whenever another fit is asked for; returns what reads the present choice. */
export function controls(changed: () => void): () => Chosen {
  const { species, features } = choices()
  // No pair of a thing with itself: choosing the other one's value swaps the two.
  const pairs = [
    { ids: ['first', 'second'], values: species, start: ['versicolor', 'virginica'] },
    { ids: ['across', 'up'], values: features, start: ['petal_length', 'petal_width'] },
  ].map(({ ids, values, start }) => {
    const lists = ids.map((id) => byId(id, HTMLSelectElement))
    let now = start
    lists.forEach((list, side) => {
      list.replaceChildren(...values.map((value) => new Option(spoken(value), value)))
      list.value = start[side]
      list.addEventListener('change', () => {
        const other = lists[1 - side]
        if (other.value === list.value) other.value = now[side]
        now = lists.map(({ value }) => value)
        changed()
      })
    })
    return (): [string, string] => [lists[0].value, lists[1].value]
  })

  const solver = byId('solver', HTMLSelectElement)
  const slider = byId('lambda', HTMLInputElement)
  const written = byId('lambda-text', HTMLElement)
  const lambda = () => LAMBDAS[slider.valueAsNumber]
  const showLambda = () => {
    written.textContent = String(lambda())
    slider.setAttribute('aria-valuetext', lambda() === 0 ? '0, no penalty' : String(lambda()))
  }
  slider.max = String(LAMBDAS.length - 1)
  showLambda()
  slider.addEventListener('input', () => {
    showLambda()
    changed()
  })
  solver.addEventListener('change', changed)
  // No page to send it to.
  byId('controls', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault())

  return () => ({
    species: pairs[0](),
    features: pairs[1](),
    solver: solver.value as SolverName,
    lambda: lambda(),
  })
}
