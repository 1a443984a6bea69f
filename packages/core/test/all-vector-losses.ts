// Every vector loss of the package, with what the tests that hold for all of them need to know.
import { categoricalBrier } from '../src/categorical-brier.ts'
import { categoricalCrossEntropy } from '../src/categorical-cross-entropy.ts'
import { categoricalSpherical } from '../src/categorical-spherical.ts'
import type { DeclaredVectorLoss } from '../src/loss.ts'
import { multiLabelCrossEntropy } from '../src/multi-label-cross-entropy.ts'
import { multiLabelSoftMargin } from '../src/multi-label-soft-margin.ts'
import { negativeLogLikelihood } from '../src/negative-log-likelihood.ts'
import { smoothedCrossEntropy } from '../src/smoothed-cross-entropy.ts'
import { softTargetCrossEntropy } from '../src/soft-target-cross-entropy.ts'
import { weightedCrossEntropy } from '../src/weighted-cross-entropy.ts'

/** A target of either kind; which one is said by `loss.target`. */
export type AnyTarget = number | ArrayLike<number>

export interface VectorLossCase {
  readonly label: string
  readonly loss: DeclaredVectorLoss<AnyTarget>
  /** The K that it is for; default: any. */
  readonly width?: number
}

// A target of the other kind is never passed: the tests ask `loss.target` first.
const of = (loss: DeclaredVectorLoss | DeclaredVectorLoss<ArrayLike<number>>) =>
  loss as DeclaredVectorLoss<AnyTarget>

export const allVectorLosses: readonly VectorLossCase[] = [
  { label: 'categoricalCrossEntropy', loss: of(categoricalCrossEntropy) },
  { label: 'softTargetCrossEntropy', loss: of(softTargetCrossEntropy) },
  { label: 'smoothedCrossEntropy()', loss: of(smoothedCrossEntropy()) },
  { label: 'weightedCrossEntropy([2, 1, 0.5])', loss: of(weightedCrossEntropy([2, 1, 0.5])), width: 3 },
  { label: 'weightedCrossEntropy([3, 3, 3])', loss: of(weightedCrossEntropy([3, 3, 3])), width: 3 },
  { label: 'negativeLogLikelihood([2, 1, 0.5])', loss: of(negativeLogLikelihood([2, 1, 0.5])), width: 3 },
  { label: 'negativeLogLikelihood([1, 1])', loss: of(negativeLogLikelihood([1, 1])), width: 2 },
  { label: 'multiLabelCrossEntropy', loss: of(multiLabelCrossEntropy) },
  { label: 'multiLabelSoftMargin', loss: of(multiLabelSoftMargin) },
  { label: 'categoricalBrier', loss: of(categoricalBrier) },
  { label: 'categoricalSpherical', loss: of(categoricalSpherical) },
]
