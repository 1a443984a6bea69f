// What a fit does for every row in every pass: the losses on blocks of 1000 rows, beside the bare exponential and logarithm.
import { bench, describe } from 'vitest'
import { binaryCrossEntropy } from '../src/binary-cross-entropy.ts'
import { binaryCrossEntropyBlocks as blocks } from '../src/binary-cross-entropy-blocks.ts'
import { blockForm } from '../src/block-form.ts'
import { categoricalCrossEntropy } from '../src/categorical-cross-entropy.ts'
import { categoricalCrossEntropyBlocks } from '../src/categorical-cross-entropy-blocks.ts'
import { gradientHessian } from '../src/gradient-hessian.ts'
import type { Block } from '../src/loss.ts'
import { sigmoid } from '../src/sigmoid.ts'
import { softmax } from '../src/softmax.ts'

const rows = 1000
let state = 1
/** Park and Miller's generator: uniform on (0, 1). */
const uniform = () => {
  state = (state * 48271) % 2147483647
  return state / 2147483647
}

function block(width: number): Block {
  return {
    rows,
    first: 0,
    width,
    eta: Float64Array.from({ length: rows * width }, () => 8 * uniform() - 4),
    targets: Float64Array.from({ length: rows }, () => Math.floor(uniform() * Math.max(2, width))),
    weights: new Float64Array(rows).fill(1 / rows),
    residual: new Float64Array(rows * width),
    curvature: new Float64Array(rows * width * width),
  }
}

const binary = block(1)
const ten = block(10)
const out = new Float64Array(10)
const made = blockForm(binaryCrossEntropy)
const madeOfVectors = blockForm(categoricalCrossEntropy)

describe('binary cross-entropy, 1000 rows', () => {
  bench('Math.exp and Math.log1p alone', () => {
    let total = 0
    for (let i = 0; i < rows; i++) total += Math.log1p(Math.exp(-Math.abs(binary.eta[i])))
    binary.residual[0] = total
  })
  bench('value', () => void blocks.value(binary))
  bench('gradient', () => void blocks.gradient(binary))
  bench('hessian', () => void blocks.hessian(binary))
  bench('hessian, made from the pointwise form', () => void made.hessian(binary))
})

describe('categorical cross-entropy, 1000 rows of 10 classes', () => {
  bench('value', () => void categoricalCrossEntropyBlocks.value(ten))
  bench('gradient', () => void categoricalCrossEntropyBlocks.gradient(ten))
  bench('hessian', () => void categoricalCrossEntropyBlocks.hessian(ten))
  bench('hessian, made from the pointwise form', () => void madeOfVectors.hessian(ten))
})

describe('boosting, 1000 rows', () => {
  const one = gradientHessian(binaryCrossEntropy)
  const many = gradientHessian(categoricalCrossEntropy)
  bench('binary cross-entropy', () => void one(binary.eta, binary.targets, binary.weights))
  bench('softmax of 10 classes', () => void many(ten.eta, ten.targets, ten.weights))
})

describe('activations', () => {
  bench('sigmoid of 1000', () => {
    for (let i = 0; i < rows; i++) binary.residual[i] = sigmoid(binary.eta[i])
  })
  bench('softmax of 1000 × 10', () => {
    for (let i = 0; i < rows; i++) softmax(ten.eta.subarray(i * 10, i * 10 + 10), out)
  })
})
