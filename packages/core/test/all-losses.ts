// Every scalar loss of the package, with what the tests that hold for all of them need to know: declared-losses.test.ts.

import { absolute } from '../src/absolute.ts'
import { binaryBrier } from '../src/binary-brier.ts'
import { binaryCrossEntropy } from '../src/binary-cross-entropy.ts'
import { binarySpherical } from '../src/binary-spherical.ts'
import { epsilonInsensitive } from '../src/epsilon-insensitive.ts'
import { exponential } from '../src/exponential.ts'
import { focal } from '../src/focal.ts'
import { hinge } from '../src/hinge.ts'
import { huber } from '../src/huber.ts'
import { logCosh } from '../src/log-cosh.ts'
import { logisticLoss } from '../src/logistic-loss.ts'
import type { DeclaredLoss } from '../src/loss.ts'
import { mape } from '../src/mape.ts'
import { modifiedHuber } from '../src/modified-huber.ts'
import { perceptron } from '../src/perceptron.ts'
import { poissonDeviance } from '../src/poisson-deviance.ts'
import { probabilityCrossEntropy } from '../src/probability-cross-entropy.ts'
import { pseudoHuber } from '../src/pseudo-huber.ts'
import { quantile } from '../src/quantile.ts'
import { squared } from '../src/squared.ts'
import { squaredHinge } from '../src/squared-hinge.ts'

export interface LossCase {
  /** How one writes it: `huber(0.5)`. */
  readonly label: string
  readonly loss: DeclaredLoss
  /** Targets that it is defined for, all of one kind; the declarations are tested with these. */
  readonly targets: readonly number[]
  /** Numbers that `loss.targets.holds` must refuse (NaN always is one). */
  readonly refused?: readonly number[]
  /** The η, exactly, at which some derivative jumps for this target. Default: none. */
  readonly kinks?: (y: number) => readonly number[]
  /**
   * For a loss of classes: the mean that the link predicts is the probability of the positive class where the expected loss
   * is least. Default: false.
   */
  readonly proper?: boolean
}

const signs = { targets: [-1, 1], refused: [0, 2, 0.5, Infinity] }
const classes = { targets: [0, 1], refused: [-1, 2, 0.5] }
const numbers = { targets: [0, 1, -2.5, 37], refused: [Infinity, -Infinity] }
const shares = { targets: [0, 1, 0.25, 0.9], refused: [-1, 2, -1e-9, Infinity] }

export const allLosses: readonly LossCase[] = [
  {
    label: 'binaryCrossEntropy',
    loss: binaryCrossEntropy,
    ...shares,
    proper: true,
  },
  { label: 'logisticLoss', loss: logisticLoss, ...signs, proper: true },
  { label: 'probabilityCrossEntropy()', loss: probabilityCrossEntropy(), ...shares, proper: true },
  { label: 'probabilityCrossEntropy(1e-3)', loss: probabilityCrossEntropy(1e-3), ...shares, proper: true },
  { label: 'focal()', loss: focal(), ...classes },
  { label: 'focal(0)', loss: focal(0), ...classes, proper: true },
  { label: 'focal(0.5)', loss: focal(0.5), ...classes },
  { label: 'focal(5)', loss: focal(5), ...classes },
  { label: 'focal(50)', loss: focal(50), ...classes },
  { label: 'focal(2, 0.25)', loss: focal(2, 0.25), ...classes },
  { label: 'focal(1, 0.9)', loss: focal(1, 0.9), ...classes },
  { label: 'hinge', loss: hinge, ...signs, kinks: (y) => [y] },
  { label: 'squaredHinge', loss: squaredHinge, ...signs, kinks: (y) => [y], proper: true },
  { label: 'modifiedHuber', loss: modifiedHuber, ...signs, kinks: () => [-1, 1], proper: true },
  { label: 'exponential', loss: exponential, ...signs, proper: true },
  { label: 'perceptron', loss: perceptron, ...signs, kinks: () => [0] },
  { label: 'binaryBrier', loss: binaryBrier, ...shares, proper: true },
  { label: 'binarySpherical', loss: binarySpherical, ...classes, proper: true },
  { label: 'squared', loss: squared, ...numbers },
  { label: 'absolute', loss: absolute, ...numbers, kinks: (y) => [y] },
  { label: 'huber()', loss: huber(), ...numbers, kinks: (y) => [y - 1, y + 1] },
  { label: 'huber(1.345)', loss: huber(1.345), ...numbers, kinks: (y) => [y - 1.345, y + 1.345] },
  { label: 'pseudoHuber()', loss: pseudoHuber(), ...numbers },
  { label: 'pseudoHuber(1.345)', loss: pseudoHuber(1.345), ...numbers },
  { label: 'logCosh', loss: logCosh, ...numbers },
  { label: 'quantile()', loss: quantile(), ...numbers, kinks: (y) => [y] },
  { label: 'quantile(0.9)', loss: quantile(0.9), ...numbers, kinks: (y) => [y] },
  { label: 'epsilonInsensitive()', loss: epsilonInsensitive(), ...numbers, kinks: (y) => [y - 0.1, y + 0.1] },
  { label: 'epsilonInsensitive(0)', loss: epsilonInsensitive(0), ...numbers, kinks: (y) => [y] },
  {
    label: 'mape',
    loss: mape,
    // The smallest shows that the slope has no bound over all targets.
    targets: [1, -2.5, 37, 1e-120],
    refused: [0, -0, Infinity, -Infinity],
    kinks: (y) => [y],
  },
  {
    label: 'poissonDeviance',
    loss: poissonDeviance,
    targets: [0, 1, 0.25, 37],
    refused: [-1, -1e-9, Infinity],
  },
]
