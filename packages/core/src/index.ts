export { binaryCrossEntropy, binaryCrossEntropyBlocks } from './binary-cross-entropy.ts'
export { blockForm } from './block-form.ts'
export { categoricalCrossEntropy } from './categorical-cross-entropy.ts'
export { logSoftmax } from './log-softmax.ts'
export { logSumExp } from './log-sum-exp.ts'
export { logit } from './logit.ts'
export type {
  Block,
  BlockLoss,
  Declared,
  DeclaredLoss,
  Link,
  Loss,
  ScalarLoss,
  Targets,
  VectorLoss,
} from './loss.ts'
export { sigmoid } from './sigmoid.ts'
export { softmax } from './softmax.ts'
export { softplus } from './softplus.ts'
