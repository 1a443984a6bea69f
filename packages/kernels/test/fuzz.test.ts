// Random cases against plain TypeScript; scripts/fuzz.mjs goes through more of them.
import { afterAll, expect, it } from 'vitest'
import { threads } from '../src/index.ts'
import { fuzz } from './fuzz-case.ts'

afterAll(() => {
  threads(1)
})

it.each(Array.from({ length: 100 }, (_, seed) => seed))('seed %i', (seed) => {
  expect(fuzz(seed)).toEqual([])
})

// Each of them has failed once.
it.each([
  // The sort wrote beyond its buckets where both zeros were the least keys.
  42, 100, 391,
])('seed %i again', (seed) => {
  expect(fuzz(seed)).toEqual([])
})
