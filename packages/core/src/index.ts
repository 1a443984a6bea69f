export { absolute } from './absolute.ts'
export { binaryBrier } from './binary-brier.ts'
export { binaryCrossEntropy } from './binary-cross-entropy.ts'
export { binaryCrossEntropyBlocks } from './binary-cross-entropy-blocks.ts'
export { binarySpherical } from './binary-spherical.ts'
export { blockForm } from './block-form.ts'
export { categoricalBrier } from './categorical-brier.ts'
export { categoricalCrossEntropy } from './categorical-cross-entropy.ts'
export { categoricalCrossEntropyBlocks } from './categorical-cross-entropy-blocks.ts'
export { categoricalSpherical } from './categorical-spherical.ts'
export { exponential } from './exponential.ts'
export { focal } from './focal.ts'
export { hinge } from './hinge.ts'
export { huber } from './huber.ts'
export { logSoftmax } from './log-softmax.ts'
export { logSumExp } from './log-sum-exp.ts'
export { logisticLoss } from './logistic-loss.ts'
export { logit } from './logit.ts'
export type {
  Block,
  BlockLoss,
  ConjugateLoss,
  Declared,
  DeclaredLoss,
  DeclaredVectorLoss,
  Link,
  Loss,
  MeasuredLoss,
  ScalarLoss,
  Targets,
  VectorLoss,
} from './loss.ts'
export { modifiedHuber } from './modified-huber.ts'
export { multiLabelCrossEntropy } from './multi-label-cross-entropy.ts'
export { multiLabelSoftMargin } from './multi-label-soft-margin.ts'
export { negativeLogLikelihood } from './negative-log-likelihood.ts'
export { perceptron } from './perceptron.ts'
export { probabilityCrossEntropy } from './probability-cross-entropy.ts'
export { sigmoid } from './sigmoid.ts'
export { smoothedCrossEntropy } from './smoothed-cross-entropy.ts'
export { softTargetCrossEntropy } from './soft-target-cross-entropy.ts'
export { softmax } from './softmax.ts'
export { softplus } from './softplus.ts'
export { squared } from './squared.ts'
export { squaredHinge } from './squared-hinge.ts'
export { weightedCrossEntropy } from './weighted-cross-entropy.ts'
export { zeroOne } from './zero-one.ts'
