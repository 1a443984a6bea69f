// Activations and their derivatives on 1000 numbers, beside the bare exponential; products with Jacobians of 10 classes.
import { bench, describe } from 'vitest'
import { elementwise } from '../src/elementwise.ts'
import { gelu, geluDerivative } from '../src/gelu.ts'
import { inverseCloglog, inverseCloglogDerivative } from '../src/inverse-cloglog.ts'
import { logNormalCdf } from '../src/log-normal-cdf.ts'
import { normalCdf } from '../src/normal-cdf.ts'
import { probit } from '../src/probit.ts'
import { relu } from '../src/relu.ts'
import { sigmoid, sigmoidDerivative } from '../src/sigmoid.ts'
import { silu } from '../src/silu.ts'
import { softmax } from '../src/softmax.ts'
import { softmaxVjp } from '../src/softmax-products.ts'
import { softplus } from '../src/softplus.ts'
import { sparsemax } from '../src/sparsemax.ts'
import { tanh, tanhDerivative } from '../src/tanh.ts'

const z = Float64Array.from({ length: 1000 }, (_, i) => (((i * 389) % 1000) - 499.5) / 125)
const p = z.map(sigmoid)
const out = new Float64Array(z.length)

describe('1000 numbers in [−4, 4], into an array', () => {
  bench('Math.exp alone', () => void elementwise(Math.exp, z, out))
  const all = { relu, sigmoid, sigmoidDerivative, softplus, tanh, tanhDerivative, silu, gelu, geluDerivative }
  const links = { normalCdf, logNormalCdf, inverseCloglog, inverseCloglogDerivative }
  for (const [name, f] of Object.entries({ ...all, ...links })) bench(name, () => void elementwise(f, z, out))
  bench('probit, of probabilities', () => void elementwise(probit, p, out))
})

describe('100 rows of 10 classes', () => {
  const row = (i: number) => z.subarray(i * 10, i * 10 + 10)
  const target = new Float64Array(10)
  const shares = softmax(row(0))
  bench('softmax', () => {
    for (let i = 0; i < 100; i++) softmax(row(i), target)
  })
  bench('sparsemax', () => {
    for (let i = 0; i < 100; i++) sparsemax(row(i), target)
  })
  bench('softmaxVjp', () => {
    for (let i = 0; i < 100; i++) softmaxVjp(shares, row(i), target)
  })
})
