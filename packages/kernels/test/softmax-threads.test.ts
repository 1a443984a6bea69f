// Questions about a softmax that threads share have the bits of one thread.
import { categoricalCrossEntropy, categoricalCrossEntropyBlocks } from '@logodds/core'
import { objective } from '@logodds/linear'
import { afterAll, expect, it } from 'vitest'
import { engage } from '../src/crew.ts'
import { csr, dense, threads } from '../src/index.ts'
import { matrixOf, numbers, uniform } from './random.ts'

afterAll(() => {
  threads(1)
})

it.each([
  ['dense', dense],
  ['sparse', csr],
] as const)('%s', (_, design) => {
  const [n, p, K] = [20_000, 24, 5]
  const random = uniform(3)
  const X = matrixOf(n, p, 'row-major', random)
  const y = numbers(n, random).map((v) => Math.floor(((v + 1) / 2) * K))
  const offset = numbers(n * K, random)
  const at = numbers((p + 1) * K, random)
  const said = [2, 3, 1].map((count) => {
    threads(count)
    engage({ limit: 60_000, idle: 60_000 })
    const loss = { ...categoricalCrossEntropy, blocks: categoricalCrossEntropyBlocks }
    const oracle = objective({ design: design(X).withIntercept(), loss, y, offset, width: K })
    const gradient = at.slice()
    const product = at.slice()
    const hessian = new Float64Array(at.length ** 2)
    const first = oracle({ ask: 'gradient', at, gradient })
    oracle({ ask: 'curvature', at, along: gradient, product })
    const slope = gradient.slice()
    return [first, oracle({ ask: 'hessian', at, gradient, hessian }), slope, product, gradient, hessian]
  })
  expect(said[0]).toEqual(said[2])
  expect(said[1]).toEqual(said[2])
})
