import { bench, describe } from 'vitest'
import { sortDoubles } from '../src/index.ts'

describe.each([1e3, 1e5, 1e6])('%i scores', (n) => {
  const scores = Float64Array.from({ length: n }, Math.random)
  const keys = new Float64Array(n)
  bench('sortDoubles', () => {
    keys.set(scores)
    sortDoubles(keys)
  })
  bench('Float64Array.prototype.sort', () => {
    keys.set(scores)
    keys.sort()
  })
})
