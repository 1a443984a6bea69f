export { absolute } from './absolute.ts'
export { binaryCrossEntropy } from './binary-cross-entropy.ts'
export { binaryCrossEntropyBlocks } from './binary-cross-entropy-blocks.ts'
export { blockForm } from './block-form.ts'
export { categoricalCrossEntropy } from './categorical-cross-entropy.ts'
export { categoricalCrossEntropyBlocks } from './categorical-cross-entropy-blocks.ts'
export { huber } from './huber.ts'
export { logSoftmax } from './log-softmax.ts'
export { logSumExp } from './log-sum-exp.ts'
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
  ScalarLoss,
  Targets,
  VectorLoss,
} from './loss.ts'
export { sigmoid } from './sigmoid.ts'
export { softmax } from './softmax.ts'
export { softplus } from './softplus.ts'
export { squared } from './squared.ts'
