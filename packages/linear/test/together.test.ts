// Several problems over one design: a round is one pass, and who asks alone is answered in the design's own way.
import { binaryCrossEntropyBlocks } from '@logodds/core'
import { expect, it } from 'vitest'
import { type Design, dense, fitLogistic, type ProblemOracle } from '../src/index.ts'
import { problemOracle } from '../src/objective.ts'
import { together } from '../src/together.ts'

const X = [
  [1, 2],
  [3, -1],
  [0.5, 0],
]
const problemOf = (y: number[]) => ({
  blocks: binaryCrossEntropyBlocks,
  width: 1,
  y: Float64Array.from(y),
  weights: new Float64Array(3).fill(1 / 3),
})

it('a round of two is one pass for each; one alone is asked by its oracle, with the same answer', () => {
  const design = dense(X)
  const problems = [problemOracle(design, problemOf([1, 0, 1])), problemOracle(design, problemOf([0, 0, 1]))]
  const many = together(design, problems)
  const at = Float64Array.of(0.3, -0.7)
  const answers = new Float64Array(2)
  many(
    [
      { ask: 'value', at },
      { ask: 'value', at },
    ],
    answers,
  )
  expect(problems.map(({ passes }) => passes)).toEqual([1, 1])
  const [, before] = answers
  const asked: ProblemOracle = {
    ...problems[1],
    begin: () => expect.unreachable(),
    oracle: (query) => problems[1].oracle(query),
  }
  many([null, null], answers)
  together(design, [problems[0], asked])([null, { ask: 'value', at }], answers)
  expect(answers[1]).toBe(before)
  expect(problems.map(({ passes }) => passes)).toEqual([1, 2])
})

it('a fit of one problem asks nothing but the oracle that its design brings', () => {
  let questions = 0
  const bringing = (design: Design): Design => ({
    ...design,
    withIntercept: () => bringing(design.withIntercept()),
    rescaled: (...how) => bringing(design.rescaled(...how)),
    fused: (_, plain) => ({
      ...plain,
      get passes() {
        return plain.passes
      },
      begin: () => expect.unreachable(),
      oracle(query) {
        questions++
        return plain.oracle(query)
      },
    }),
  })
  const y = [0, 1, 0]
  const expected = fitLogistic(dense(X), y, { solver: undefined, tolerance: 1e-6 })
  expect(fitLogistic(bringing(dense(X)), y, { tolerance: 1e-6 })).toEqual(expected)
  expect(questions).toBeGreaterThan(2)
})
