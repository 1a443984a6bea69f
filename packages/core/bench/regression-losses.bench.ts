// What a robust or a count fit does for every row in every pass: the regression losses in the block form that is made of them.
import { bench, describe } from 'vitest'
import { absolute } from '../src/absolute.ts'
import { blockForm } from '../src/block-form.ts'
import { epsilonInsensitive } from '../src/epsilon-insensitive.ts'
import { gaussianNll } from '../src/gaussian-nll.ts'
import { huber } from '../src/huber.ts'
import { jensenShannonDivergence } from '../src/jensen-shannon-divergence.ts'
import { klDivergence } from '../src/kl-divergence.ts'
import { logCosh } from '../src/log-cosh.ts'
import type { Block } from '../src/loss.ts'
import { poissonDeviance } from '../src/poisson-deviance.ts'
import { pseudoHuber } from '../src/pseudo-huber.ts'
import { quantile } from '../src/quantile.ts'
import { squared } from '../src/squared.ts'

const rows = 1000
let state = 1
/** Park and Miller's generator: uniform on (0, 1). */
const uniform = () => {
  state = (state * 48271) % 2147483647
  return state / 2147483647
}

const block = (width: number): Block => ({
  rows,
  first: 0,
  width,
  eta: Float64Array.from({ length: rows * width }, () => 4 * uniform()),
  targets: Float64Array.from({ length: rows }, () => Math.floor(8 * uniform())),
  weights: new Float64Array(rows).fill(1 / rows),
  residual: new Float64Array(rows * width),
  curvature: new Float64Array(rows * width * width),
})
const one = block(1)
const two = block(2)

describe('value, gradient and Hessian of 1000 rows', () => {
  const losses = {
    squared,
    absolute,
    'huber()': huber(),
    'pseudoHuber()': pseudoHuber(),
    logCosh,
    'quantile(0.9)': quantile(0.9),
    'epsilonInsensitive()': epsilonInsensitive(),
    poissonDeviance,
  }
  for (const [name, loss] of Object.entries(losses)) {
    const form = blockForm(loss)
    bench(name, () => void form.hessian(one))
  }
  const form = blockForm(gaussianNll())
  bench('gaussianNll()', () => void form.hessian(two))
})

describe('divergences of 100 outcomes', () => {
  const distribution = () => {
    const raw = Array.from({ length: 100 }, uniform)
    const total = raw.reduce((a, b) => a + b)
    return Float64Array.from(raw, (x) => x / total)
  }
  const [p, q] = [distribution(), distribution()]
  bench('Kullback–Leibler', () => void klDivergence(p, q))
  bench('Jensen–Shannon', () => void jensenShannonDivergence(p, q))
})
