// What a fit with another loss costs: closed form, Newton's method, the method of multipliers.
import { absolute, huber, squared } from '@logodds/core'
import { l1, l2 } from '@logodds/optim'
import { bench, describe } from 'vitest'
import { fitLinear } from '../src/index.ts'

const n = 5000
const p = 20
let state = 1
const next = () => {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
  return state / 0x3fffffff - 1
}
const data = Float64Array.from({ length: n * p }, next)
const y = Float64Array.from(
  { length: n },
  (_, i) => data[i * p] - 2 * data[i * p + 1] + next() + (i % 10 ? 0 : 50),
)
const X = { data, shape: [n, p], stride: [p, 1], offset: 0 }

describe('5000 × 20', () => {
  for (const loss of [squared, huber(1), absolute])
    for (const penalty of [undefined, l2(0.01), l1(0.05)])
      bench(`${loss.name}, ${penalty?.name ?? 'no penalty'}`, () => void fitLinear(X, y, { loss, penalty }), {
        iterations: 2,
        time: 100,
      })
})
