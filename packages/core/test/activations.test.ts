// What every scalar activation and its derivative promise.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as core from '../src/index.ts'
import { activations } from './activation-reference.ts'
import { expectClose } from './reference.ts'

type Scalar = (z: number, parameter?: number) => number
const functions = core as unknown as Record<string, Scalar>

interface Case {
  name: string
  f: Scalar
  derivative: Scalar
  parameter: number | undefined
  /** Of a link, which takes a probability. */
  link: boolean
}
const cases: Case[] = Object.keys(activations.scalars).map((key) => {
  const [name, parameter] = key.split(' ')
  const at = parameter === undefined ? undefined : Number(parameter)
  return {
    name: key,
    f: (z) => functions[name](z, at),
    derivative: (z) => functions[`${name}Derivative`](z, at),
    parameter: at,
    link: ['logit', 'probit', 'cloglog'].includes(name),
  }
})
const activation = cases.filter(({ link }) => !link)
const link = cases.filter((entry) => entry.link)

test('the reference has every activation that is exported with a derivative, and the grid', () => {
  const exported = Object.keys(core).filter((name) => `${name}Derivative` in core)
  expect(exported.filter((name) => !(name in activations.scalars))).toEqual([])
  const grid = [0, ...[1e-300, 1e-8, 1, 37, 745, 1e308].flatMap((m) => [m, -m])]
  for (const { name } of activation) {
    for (const part of ['value', 'derivative'] as const) {
      const arguments_ = activations.scalars[name][part].map(([z]) => z)
      expect(arguments_, name).toEqual(expect.arrayContaining(grid))
    }
  }
})

describe('within 4 ε of the reference, relative or of the largest term', () => {
  test.each(cases)('$name', ({ name, f, derivative }) => {
    for (const [z, value, scale] of activations.scalars[name].value) {
      expectClose(f(z), value, `${name} at ${z}`, scale)
    }
    for (const [z, value, scale] of activations.scalars[name].derivative) {
      expectClose(derivative(z), value, `derivative of ${name} at ${z}`, scale)
    }
  })
})

/** Kinks, near which a difference quotient is no derivative. */
const kinked = (name: string) => /^(relu|leakyRelu|elu )/.test(name)

describe('derivatives by central differences', () => {
  const h = 1e-4
  test.each(activation)('$name', ({ name, f, derivative }) => {
    fc.assert(
      fc.property(fc.double({ min: -45, max: 45, noNaN: true }), (z) => {
        // elu bends at 0 for alpha = 1 too, where its second derivative jumps.
        fc.pre(Math.abs(z) > h || !(kinked(name) || name === 'elu'))
        const slope = (f(z + h) - f(z - h)) / (z + h - (z - h))
        expect(Math.abs(slope - derivative(z))).toBeLessThan(5e-9)
      }),
      { numRuns: 500 },
    )
  })

  test.each(link)('$name', ({ f, derivative }) => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (p) => {
        const h = 1e-4 * Math.min(p, 1 - p)
        const slope = (f(p + h) - f(p - h)) / (p + h - (p - h))
        expect(Math.abs(slope / derivative(p) - 1)).toBeLessThan(1e-7)
      }),
      { numRuns: 500 },
    )
  })
})

test('NaN gives NaN, and no number does', () => {
  for (const { name, f, derivative } of activation) {
    expect(f(NaN), name).toBeNaN()
    expect(derivative(NaN), `derivative of ${name}`).toBeNaN()
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (z) => {
        expect(f(z), `${name} at ${z}`).not.toBeNaN()
        expect(derivative(z), `derivative of ${name} at ${z}`).not.toBeNaN()
      }),
    )
  }
})

test('infinite arguments give the limit', () => {
  const limits: Record<string, [left: number, right: number, slopeLeft: number, slopeRight: number]> = {
    identity: [-Infinity, Infinity, 1, 1],
    sigmoid: [0, 1, 0, 0],
    logSigmoid: [-Infinity, 0, 1, 0],
    softplus: [0, Infinity, 0, 1],
    tanh: [-1, 1, 0, 0],
    relu: [0, Infinity, 0, 1],
    leakyRelu: [-Infinity, Infinity, 0.01, 1],
    'leakyRelu 0.25': [-Infinity, Infinity, 0.25, 1],
    'leakyRelu -3': [Infinity, Infinity, -3, 1],
    elu: [-1, Infinity, 0, 1],
    'elu 1.5': [-1.5, Infinity, 0, 1],
    gelu: [0, Infinity, 0, 1],
    silu: [0, Infinity, 0, 1],
    normalCdf: [0, 1, 0, 0],
    logNormalCdf: [-Infinity, 0, Infinity, 0],
    inverseCloglog: [0, 1, 0, 0],
    logInverseCloglog: [-Infinity, 0, 1, 0],
  }
  expect(Object.keys(limits)).toEqual(activation.map(({ name }) => name))
  for (const { name, f, derivative } of activation) {
    const found = [f(-Infinity), f(Infinity), derivative(-Infinity), derivative(Infinity)]
    expect(
      found.map((x) => x + 0),
      name,
    ).toEqual(limits[name])
  }
})

describe('links', () => {
  test('infinite at certainty', () => {
    for (const { f, derivative } of link) {
      expect([f(0), f(1), derivative(0), derivative(1)]).toEqual([-Infinity, Infinity, Infinity, Infinity])
    }
  })

  test.each(link)('$name refuses what is no probability', ({ name, f, derivative }) => {
    for (const p of [-Number.MIN_VALUE, 1 + Number.EPSILON, Infinity, -Infinity, NaN]) {
      const sentence = (who: string) => new RangeError(`${who}: expected a probability in [0, 1], got ${p}`)
      expect(() => f(p)).toThrow(sentence(name))
      expect(() => derivative(p)).toThrow(sentence(`${name}Derivative`))
    }
  })

  test.each([
    ['logit', 'sigmoid'],
    ['probit', 'normalCdf'],
    ['cloglog', 'inverseCloglog'],
  ])('%s is the inverse of %s', (name, inverse) => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true, minExcluded: true, maxExcluded: true }), (p) => {
        const z = functions[name](p)
        // z carries an error of 4 |z| ε, which its inverse turns into that much times its slope.
        const slope = functions[`${inverse}Derivative`](z)
        const bound = 4 * Number.EPSILON * (p + 2 * Math.abs(z) * slope) + 2 * Number.MIN_VALUE
        expect(Math.abs(functions[inverse](z) - p)).toBeLessThanOrEqual(bound)
      }),
      { numRuns: 1000 },
    )
  })
})

test.each([
  ['logSigmoid', 'sigmoid'],
  ['logNormalCdf', 'normalCdf'],
  ['logInverseCloglog', 'inverseCloglog'],
])('%s is the logarithm of %s', (log, plain) => {
  fc.assert(
    fc.property(fc.double({ min: -37, max: 37, noNaN: true }), (z) => {
      expectClose(
        Math.exp(functions[log](z)),
        functions[plain](z),
        `at ${z}`,
        (2 + z * z) * functions[plain](z),
      )
    }),
  )
})

test('at a kink the derivative is the one from the left: 0, slope and alpha', () => {
  for (const zero of [0, -0]) {
    expect(core.reluDerivative(zero)).toBe(0)
    expect(core.leakyReluDerivative(zero)).toBe(0.01)
    expect(core.leakyReluDerivative(zero, 0.25)).toBe(0.25)
    expect(core.eluDerivative(zero)).toBe(1)
    expect(core.eluDerivative(zero, 1.5)).toBe(1.5)
  }
  for (const f of [core.reluDerivative, core.leakyReluDerivative, core.eluDerivative]) {
    expect(f(Number.MIN_VALUE)).toBe(1)
  }
  expect(core.reluDerivative(-Number.MIN_VALUE)).toBe(0)
  expect(core.leakyReluDerivative(-Number.MIN_VALUE, 0.25)).toBe(0.25)
  expect(core.eluDerivative(-Number.MIN_VALUE, 1.5)).toBe(1.5)
})

test('a slope of 0 is relu, an alpha of 0 too, at −Infinity as elsewhere', () => {
  for (const z of [-Infinity, -2, 0, 3, Infinity]) {
    expect(core.leakyRelu(z, 0) + 0).toBe(core.relu(z))
    expect(core.elu(z, 0) + 0).toBe(core.relu(z))
  }
})

test.each([
  ['leakyRelu', 'slope'],
  ['leakyReluDerivative', 'slope'],
  ['elu', 'alpha'],
  ['eluDerivative', 'alpha'],
])('%s refuses a %s that is not finite', (name, parameter) => {
  for (const bad of [NaN, Infinity, -Infinity]) {
    const sentence = `${name}: expected a finite ${parameter}, got ${bad}`
    expect(() => functions[name](1, bad)).toThrow(new RangeError(sentence))
  }
})
