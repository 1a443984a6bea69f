// Classification losses against the reference (see fixtures/classification.py), and what each of them is.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  binaryBrier,
  binaryCrossEntropy,
  binarySpherical,
  type ConjugateLoss,
  categoricalBrier,
  categoricalCrossEntropy,
  categoricalSpherical,
  exponential,
  focal,
  hinge,
  logisticLoss,
  logSoftmax,
  modifiedHuber,
  multiLabelCrossEntropy,
  multiLabelSoftMargin,
  negativeLogLikelihood,
  perceptron,
  probabilityCrossEntropy,
  sigmoid,
  smoothedCrossEntropy,
  softTargetCrossEntropy,
  squaredHinge,
  weightedCrossEntropy,
  zeroOne,
} from '../src/index.ts'
import { allLosses } from './all-losses.ts'
import { type AnyTarget, allVectorLosses } from './all-vector-losses.ts'
import { expectClose } from './reference.ts'

type Row = [
  eta: number,
  y: number,
  value: number,
  gradient: number,
  hessian: number,
  valueScale: number,
  gradientScale: number,
  hessianScale: number,
]
interface VectorRow {
  z: number[]
  y: AnyTarget
  value: number
  gradient: number[]
  hessian: number[]
  scales: [number, number[], number[]]
}

const fixtures: { scalar: Record<string, Row[]>; vector: Record<string, VectorRow[]> } = JSON.parse(
  readFileSync(new URL('./fixtures/classification.json', import.meta.url), 'utf8'),
  (_, value) => (value === 'Infinity' ? Infinity : value === '-Infinity' ? -Infinity : value),
)

describe('against the reference, 4 ε of the largest term', () => {
  test.each(Object.entries(fixtures.scalar))('%s', (label, rows) => {
    const { loss } = allLosses.find((entry) => entry.label === label)!
    expect(rows.length).toBeGreaterThan(50)
    for (const [eta, y, value, gradient, hessian, ...scales] of rows) {
      const at = `at η = ${eta}, y = ${y}`
      expectClose(loss.value(eta, y), value, `value ${at}`, scales[0])
      expectClose(loss.gradient(eta, y), gradient, `gradient ${at}`, scales[1])
      // p log p multiplies the half step that a subnormal p is rounded by with γ log p, for γ ≤ 2.
      const steps = label.startsWith('focal') ? 2 * 2 * 745 : 2
      expectClose(loss.hessian(eta, y), hessian, `hessian ${at}`, scales[2], steps)
    }
  })

  test.each(Object.entries(fixtures.vector))('%s', (label, rows) => {
    const { loss } = allVectorLosses.find((entry) => entry.label === label)!
    expect(rows.length).toBeGreaterThan(50)
    for (const { z, y, value, gradient, hessian, scales } of rows) {
      const at = `of (${z}), ${y}`
      expectClose(loss.value(z, y), value, `value ${at}`, scales[0])
      loss.gradient(z, y).forEach((entry, k) => {
        // A subnormal p is rounded by half a step before it is added and multiplied.
        expectClose(entry, gradient[k], `gradient[${k}] ${at}`, scales[1][k], 8)
      })
      loss.hessian(z, y).forEach((entry, k) => {
        expectClose(entry, hessian[k], `hessian[${k}] ${at}`, scales[2][k], 8)
      })
    }
  })
})

const ofSigns = { logisticLoss, hinge, squaredHinge, modifiedHuber, exponential, perceptron }

describe('labels −1 and +1', () => {
  test.each(Object.entries<ConjugateLoss>(ofSigns))(
    '%s refuses every other label, in each of its functions',
    (name, loss) => {
      for (const y of [0, 2, 0.5, -0.5, NaN, Infinity]) {
        const refused = new RangeError(`${name}: expected y to be -1 or +1, got ${y}`)
        expect(() => loss.value(1, y)).toThrow(refused)
        expect(() => loss.gradient(1, y)).toThrow(refused)
        expect(() => loss.hessian(1, y)).toThrow(refused)
        expect(() => loss.conjugate(-0.5, y)).toThrow(refused)
      }
    },
  )

  test.each(Object.entries<ConjugateLoss>(ofSigns))('%s depends on the margin yη alone', (_, loss) => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (eta) => {
        expect(loss.value(-eta, -1)).toBe(loss.value(eta, 1))
        expect(loss.gradient(-eta, -1) + 0).toBe(-loss.gradient(eta, 1) + 0)
        expect(loss.hessian(-eta, -1)).toBe(loss.hessian(eta, 1))
        expect(loss.conjugate(-eta, -1) + 0).toBe(loss.conjugate(eta, 1) + 0)
      }),
    )
  })

  test('at the kinks: value, gradient and Hessian as documented', () => {
    const at = (loss: ConjugateLoss, m: number) => [
      loss.value(m, 1),
      loss.gradient(m, 1) + 0,
      loss.hessian(m, 1),
    ]
    expect(at(hinge, 1)).toEqual([0, 0, 0])
    expect(at(hinge, 1 - 2 ** -53)).toEqual([2 ** -53, -1, 0])
    expect(at(perceptron, 0)).toEqual([0, -1, 0])
    expect(at(perceptron, Number.MIN_VALUE)).toEqual([0, 0, 0])
    expect(at(squaredHinge, 1)).toEqual([0, 0, 0])
    expect(at(squaredHinge, 1 - 2 ** -53)).toEqual([2 ** -106, -(2 ** -52), 2])
    expect(at(modifiedHuber, 1)).toEqual([0, 0, 0])
    expect(at(modifiedHuber, -1)).toEqual([4, -4, 2])
    expect(at(modifiedHuber, -1 - 2 ** -52)).toEqual([4 + 2 ** -50, -4, 0])
  })

  test('outside of their domains conjugates are Infinity, at its ends what they should be', () => {
    for (const [loss, lowest, atLowest] of [
      [hinge, -1, -1],
      [perceptron, -1, 0],
      [logisticLoss, -1, 0],
      [modifiedHuber, -4, 0],
    ] as const) {
      expect(loss.conjugate(lowest, 1) + 0).toBe(atLowest)
      expect(loss.conjugate(0, 1) + 0).toBe(0)
      expect(loss.conjugate(lowest - 1e-9, 1)).toBe(Infinity)
    }
    for (const loss of Object.values(ofSigns)) expect(loss.conjugate(1e-9, 1)).toBe(Infinity)
    expect(squaredHinge.conjugate(-8, 1)).toBe(8)
    expect(exponential.conjugate(-1, 1)).toBe(-1)
    expect(exponential.conjugate(0, 1)).toBe(0)
  })

  test('logisticLoss is binaryCrossEntropy with other labels', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.constantFrom(-1, 1), (eta, y) => {
        expectClose(logisticLoss.value(eta, y), binaryCrossEntropy.value(eta, (y + 1) / 2), `value at ${eta}`)
        expectClose(
          logisticLoss.gradient(eta, y),
          binaryCrossEntropy.gradient(eta, (y + 1) / 2),
          `gradient at ${eta}`,
        )
      }),
    )
  })
})

describe('zeroOne', () => {
  test('is 1 where the sign is wrong; 0 counts as positive', () => {
    const found = [-2, 0, 3, -Infinity, NaN].map((eta) => [zeroOne.value(eta, -1), zeroOne.value(eta, 1)])
    expect(found).toEqual([
      [0, 1],
      [1, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ])
    expect(() => zeroOne.value(1, 0)).toThrow(new RangeError('zeroOne: expected y to be -1 or +1, got 0'))
  })

  test('has a value and no derivatives, jumps, and is least in expectation on the likelier side', () => {
    expect('gradient' in zeroOne || 'hessian' in zeroOne).toBe(false)
    expect([zeroOne.differentiability, zeroOne.convex, zeroOne.lipschitz]).toEqual([-1, false, Infinity])
    expect(zeroOne.value(1e-300, -1) - zeroOne.value(-1e-300, -1)).toBe(1)
    for (const share of [0.1, 0.49, 0.51, 0.9]) {
      const risk = (eta: number) => share * zeroOne.value(eta, 1) + (1 - share) * zeroOne.value(eta, -1)
      expect(risk(share - 0.5)).toBeLessThan(risk(0.5 - share))
    }
    expect(zeroOne.calibrated).toBe(true)
  })
})

describe('focal', () => {
  const eta = fc.double({ min: -700, max: 700, noNaN: true })
  const label = fc.constantFrom(0, 1)

  test('γ = 0 is cross-entropy; α weighs the classes', () => {
    fc.assert(
      fc.property(eta, label, (eta, y) => {
        expectClose(focal(0).value(eta, y), binaryCrossEntropy.value(eta, y), 'value')
        const weight = y ? 0.25 : 0.75
        for (const f of ['value', 'gradient', 'hessian'] as const) {
          expectClose(focal(2, 0.25)[f](eta, y), weight * focal()[f](eta, y), f)
        }
      }),
    )
  })

  test('is least in expectation at a probability nearer ½, but on the right side', () => {
    for (const gamma of [0.5, 2, 5]) {
      for (const share of [0.51, 0.7, 0.9, 0.99]) {
        const slope = (eta: number) =>
          share * focal(gamma).gradient(eta, 1) + (1 - share) * focal(gamma).gradient(eta, 0)
        let [a, b] = [0, 20]
        for (let i = 0; i < 50; i++) {
          const half = (a + b) / 2
          if (slope(half) < 0) a = half
          else b = half
        }
        expect(sigmoid(a)).toBeGreaterThan(0.5)
        expect(sigmoid(a)).toBeLessThan(share - 1e-3)
      }
    }
    expect(focal().lipschitz).toBeCloseTo(1.129, 3)
  })

  test('is below cross-entropy, the more the surer the row is right', () => {
    expect(focal().value(4, 1) / binaryCrossEntropy.value(4, 1)).toBeCloseTo(sigmoid(-4) ** 2, 15)
    expect(focal().value(-4, 1) / binaryCrossEntropy.value(-4, 1)).toBeCloseTo(sigmoid(4) ** 2, 15)
  })

  test('refused', () => {
    for (const [gamma, alpha] of [
      [-1, 0.5],
      [NaN, 0.5],
      [Infinity, 0.5],
      [2, 0],
      [2, 1],
      [2, NaN],
      [2, -0.1],
    ]) {
      expect(() => focal(gamma, alpha), `${gamma}, ${alpha}`).toThrow(RangeError)
    }
    expect(() => focal(-1)).toThrow('focal: expected y 0 or 1, gamma >= 0, 0 < alpha < 1, got 0,-1,')
    for (const y of [-1, 0.5, NaN]) {
      for (const f of ['value', 'gradient', 'hessian'] as const)
        expect(() => focal()[f](1, y)).toThrow(RangeError)
    }
  })
})

describe('probabilityCrossEntropy', () => {
  test('is clipped, and still says which way to go', () => {
    const loss = probabilityCrossEntropy()
    expect(loss.value(0, 1)).toBe(52 * Math.LN2)
    expect(loss.value(1, 0)).toBe(52 * Math.LN2)
    expect(loss.value(1, 1)).toBeCloseTo(2 ** -52, 30)
    expect([loss.gradient(0, 1), loss.gradient(1, 0)]).toEqual([-(2 ** 52), 2 ** 52])
    expect(probabilityCrossEntropy(0.01).value(0, 1)).toBe(-Math.log(0.01))
  })

  test('is binaryCrossEntropy of the logit', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -30, max: 30, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (eta, y) => {
          const p = sigmoid(eta)
          // An error of ε in p is one of ε/(1 − p) in the logarithm.
          const rounding = 8 * Number.EPSILON * (1 + Math.abs(eta) + 1 / (1 - p))
          expect(
            Math.abs(probabilityCrossEntropy().value(p, y) - binaryCrossEntropy.value(eta, y)),
          ).toBeLessThan(rounding)
        },
      ),
    )
  })

  test('refused', () => {
    for (const clip of [0, -1, 0.5, NaN, 1e-17]) {
      expect(() => probabilityCrossEntropy(clip)).toThrow(
        new RangeError(`probabilityCrossEntropy: expected clip from 2**-53 to 0.5, got ${clip}`),
      )
    }
    for (const p of [-1e-9, 1.1, NaN]) {
      for (const f of ['value', 'gradient', 'hessian'] as const) {
        expect(() => probabilityCrossEntropy()[f](p, 1)).toThrow(
          new RangeError(`probabilityCrossEntropy: expected p from 0 to 1, got ${p}`),
        )
      }
    }
  })
})

describe('scores of probabilities', () => {
  test('binarySpherical refuses what is no class', () => {
    for (const f of ['value', 'gradient', 'hessian'] as const) {
      expect(() => binarySpherical[f](1, 0.5)).toThrow(
        new RangeError('binarySpherical: expected y to be 0 or 1, got 0.5'),
      )
    }
  })

  test('of two classes: the categorical Brier score is twice the binary one, the spherical one the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3000, max: 3000 }), fc.constantFrom(0, 1), (tenths, y) => {
        const eta = tenths / 10
        expectClose(categoricalBrier.value([0, eta], y), 2 * binaryBrier.value(eta, y), `Brier at ${eta}`)
        expectClose(
          categoricalBrier.gradient([0, eta], y)[1],
          2 * binaryBrier.gradient(eta, y),
          `Brier slope at ${eta}`,
          // Each of the two may be 4 ε off.
          4 * binaryBrier.gradient(eta, y),
          8,
        )
        expectClose(
          categoricalSpherical.value([0, eta], y),
          binarySpherical.value(eta, y),
          `spherical at ${eta}`,
        )
        expectClose(
          categoricalSpherical.gradient([0, eta], y)[1],
          binarySpherical.gradient(eta, y),
          `spherical slope at ${eta}`,
        )
      }),
    )
  })
})

describe('kin of categorical cross-entropy', () => {
  const row = fc
    .integer({ min: 1, max: 5 })
    .chain((K) =>
      fc.tuple(
        fc.array(fc.double({ min: -40, max: 40, noNaN: true }), { minLength: K, maxLength: K }),
        fc.nat(K - 1),
      ),
    )

  test('a one-hot target, no smoothing and weights of 1 are the class index', () => {
    fc.assert(
      fc.property(row, ([z, y]) => {
        const hot = z.map((_, k) => +(k === y))
        const value = categoricalCrossEntropy.value(z, y)
        const gradient = categoricalCrossEntropy.gradient(z, y)
        for (const [loss, target] of [
          [softTargetCrossEntropy, hot],
          [smoothedCrossEntropy(0), y],
          [weightedCrossEntropy(z.map(() => 1)), y],
        ] as [typeof softTargetCrossEntropy, number[]][]) {
          expectClose(loss.value(z, target), value, loss.name)
          loss.gradient(z, target).forEach((g, k) => {
            expectClose(g, gradient[k], `${loss.name} gradient`)
          })
          expect(loss.hessian(z, target)).toEqual(categoricalCrossEntropy.hessian(z, y))
        }
        expectClose(
          negativeLogLikelihood(z.map(() => 1)).value(logSoftmax(z), y),
          value,
          'from log-probabilities',
        )
      }),
    )
  })

  test('smoothing is a mixture with the uniform target', () => {
    fc.assert(
      fc.property(row, fc.double({ min: 0, max: 0.99, noNaN: true }), ([z, y], a) => {
        const mean = z.reduce((sum, _, k) => sum + categoricalCrossEntropy.value(z, k), 0) / z.length
        const mixed = (1 - a) * categoricalCrossEntropy.value(z, y) + a * mean
        expect(Math.abs(smoothedCrossEntropy(a).value(z, y) - mixed)).toBeLessThan(1e-14 * (1 + mixed))
      }),
    )
  })

  test('smoothing over a thousand classes is as exact as over two', () => {
    const K = 1000
    const equal = new Array(K).fill(0)
    const loss = smoothedCrossEntropy(0.1)
    expectClose(loss.value(equal, 7), Math.log(K), 'value')
    loss.gradient(equal, 7).forEach((g, k) => {
      expectClose(g, 1 / K - 0.1 / K - (k === 7 ? 0.9 : 0), `gradient[${k}]`, k === 7 ? 1 : 1 / K)
    })
  })

  test('a class of weight 0 counts 0, whatever its logits', () => {
    const loss = weightedCrossEntropy([0, 1])
    expect(loss.value([-Infinity, 0], 0)).toBe(0)
    expect([...loss.gradient([3, 0], 0)].map((g) => g + 0)).toEqual([0, 0])
    expect(loss.conjugate([0, 0], 0)).toBe(0)
    expect(loss.conjugate([0.1, -0.1], 0)).toBe(Infinity)
    expect(negativeLogLikelihood([0, 1]).value([-Infinity, 0], 0)).toBe(0)
  })

  test('K labels: the conjugate at the gradient is finite for any K, however sure the row is', () => {
    for (let K = 1; K < 60; K++) {
      for (const label of [0, 0.1, 0.3, 0.55, 0.9, 1]) {
        const y = new Array(K).fill(label)
        for (const eta of [-800, -40, 0.5, 45, 800]) {
          const z = new Array(K).fill(eta)
          for (const loss of [multiLabelCrossEntropy, multiLabelSoftMargin]) {
            const dual = loss.conjugate(loss.gradient(z, y), y)
            const gap = loss.value(z, y) + dual - loss.gradient(z, y).reduce((sum, g) => sum + g * eta, 0)
            expect(Math.abs(gap), `${loss.name}, K = ${K}, y = ${label}, η = ${eta}`).toBeLessThan(
              1e-14 * K * (1 + Math.abs(eta)),
            )
          }
        }
      }
    }
    expect(multiLabelSoftMargin.conjugate([0.1, 0], [0.9, 0])).toBe(Infinity)
    expect(multiLabelSoftMargin.conjugate([NaN, 0], [0.9, 0])).toBeNaN()
  })

  test('K labels: the sum of K binary cross-entropies, or their mean', () => {
    const drawn = fc.array(
      fc.tuple(fc.double({ min: -40, max: 40, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
      { minLength: 1, maxLength: 6 },
    )
    fc.assert(
      fc.property(drawn, (pairs) => {
        const z = pairs.map(([eta]) => eta)
        const y = pairs.map(([, label]) => label)
        const sum = pairs.reduce((total, [eta, label]) => total + binaryCrossEntropy.value(eta, label), 0)
        expectClose(multiLabelCrossEntropy.value(z, y), sum, 'sum')
        expectClose(multiLabelSoftMargin.value(z, y), sum / z.length, 'mean')
        multiLabelCrossEntropy.gradient(z, y).forEach((g, k) => {
          expect(g).toBe(binaryCrossEntropy.gradient(z[k], y[k]))
        })
      }),
    )
  })

  test('infinite logits give the limit', () => {
    expect(softTargetCrossEntropy.value([Infinity, 0], [1, 0])).toBe(0)
    expect(softTargetCrossEntropy.value([Infinity, 0], [0.5, 0.5])).toBe(Infinity)
    expect(smoothedCrossEntropy().value([Infinity, 0], 0)).toBe(Infinity)
    expect(multiLabelCrossEntropy.value([Infinity, -Infinity], [1, 0])).toBe(0)
    expect(categoricalBrier.value([-Infinity, 0], 0)).toBe(2)
    expect(categoricalSpherical.value([-Infinity, 0], 0)).toBe(1)
  })

  test('refused: smoothing and weights out of range', () => {
    for (const a of [-0.1, 1, NaN]) {
      expect(() => smoothedCrossEntropy(a)).toThrow(
        new RangeError(`smoothedCrossEntropy: expected smoothing in [0, 1), got ${a}`),
      )
    }
    for (const make of [weightedCrossEntropy, negativeLogLikelihood]) {
      for (const [weights, got] of [
        [[1, -1], -1],
        [[NaN], NaN],
        [[1, Infinity], Infinity],
      ] as const) {
        expect(() => make(weights)).toThrow(
          new RangeError(`${make.name}: expected a finite weight >= 0 for each class, got ${got}`),
        )
      }
      // @ts-expect-error as from JavaScript
      expect(() => make()).toThrow(`${make.name}: expected a finite weight >= 0 for each class`)
      expect(() => make([])).toThrow(
        `${make.name}: expected a finite weight >= 0 for each class, got undefined`,
      )
      expect(() => make([0, 0])).toThrow(`${make.name}: expected a weight > 0`)
      expect(() => make([1, 2]).value([1, 2, 3], 0)).toThrow(
        new RangeError(`${make.name}: expected 2 classes (weights) and y one of them, got 3 and 0`),
      )
    }
    const weights = [1, 2]
    const loss = weightedCrossEntropy(weights)
    weights[0] = 5
    expect(loss.value([0, 0], 0)).toBe(Math.LN2)
  })
})
