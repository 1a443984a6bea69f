// Every scalar loss of the package, with what the tests that hold for all of them need to know: declared-losses.test.ts.
import { binaryCrossEntropy } from '../src/binary-cross-entropy.ts'
import type { DeclaredLoss } from '../src/loss.ts'

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

export const allLosses: readonly LossCase[] = [
  {
    label: 'binaryCrossEntropy',
    loss: binaryCrossEntropy,
    targets: [0, 1, 0.25, 0.9],
    refused: [-1, 2, -1e-9, Infinity],
    proper: true,
  },
]
