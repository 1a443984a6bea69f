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
export { cloglog, cloglogDerivative } from './cloglog.ts'
export { crossEntropy } from './cross-entropy.ts'
export {
  type CurvatureBounds,
  type CurvatureExtreme,
  type CurvatureOptions,
  curvatureBounds,
} from './curvature-bounds.ts'
export { elementwise } from './elementwise.ts'
export { elu, eluDerivative } from './elu.ts'
export { entropy, entropyGradient } from './entropy.ts'
export { epsilonInsensitive } from './epsilon-insensitive.ts'
export { exponential } from './exponential.ts'
export { focal } from './focal.ts'
export { gaussianNll } from './gaussian-nll.ts'
export { gelu, geluDerivative } from './gelu.ts'
export {
  type BoostingObjective,
  type GradientHessian,
  type GradientHessianOptions,
  gradientHessian,
} from './gradient-hessian.ts'
export { hinge } from './hinge.ts'
export { huber } from './huber.ts'
export { identity, identityDerivative } from './identity.ts'
export { inverseCloglog, inverseCloglogDerivative } from './inverse-cloglog.ts'
export { jensenShannonDivergence, jensenShannonDivergenceGradient } from './jensen-shannon-divergence.ts'
export { klDivergence, klDivergenceGradient } from './kl-divergence.ts'
export { leakyRelu, leakyReluDerivative } from './leaky-relu.ts'
export { logCosh } from './log-cosh.ts'
export { logInverseCloglog, logInverseCloglogDerivative } from './log-inverse-cloglog.ts'
export { logNormalCdf, logNormalCdfDerivative } from './log-normal-cdf.ts'
export { logSigmoid, logSigmoidDerivative } from './log-sigmoid.ts'
export { logSoftmax } from './log-softmax.ts'
export { logSoftmaxJvp, logSoftmaxVjp } from './log-softmax-products.ts'
export { logSumExp } from './log-sum-exp.ts'
export { logisticLoss } from './logistic-loss.ts'
export { logit, logitDerivative } from './logit.ts'
export type {
  Block,
  BlockLoss,
  ConjugateLoss,
  ConjugateVectorLoss,
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
export { mape } from './mape.ts'
export { modifiedHuber } from './modified-huber.ts'
export { multiLabelCrossEntropy } from './multi-label-cross-entropy.ts'
export { multiLabelSoftMargin } from './multi-label-soft-margin.ts'
export { negativeLogLikelihood } from './negative-log-likelihood.ts'
export { normalCdf, normalCdfDerivative } from './normal-cdf.ts'
export { normalPdf } from './normal-pdf.ts'
export { perceptron } from './perceptron.ts'
export { poissonDeviance } from './poisson-deviance.ts'
export { probabilityCrossEntropy } from './probability-cross-entropy.ts'
export { probit, probitDerivative } from './probit.ts'
export { pseudoHuber } from './pseudo-huber.ts'
export { quantile } from './quantile.ts'
export { relu, reluDerivative } from './relu.ts'
export { sigmoid, sigmoidDerivative } from './sigmoid.ts'
export { silu, siluDerivative } from './silu.ts'
export { smoothedCrossEntropy } from './smoothed-cross-entropy.ts'
export { softTargetCrossEntropy } from './soft-target-cross-entropy.ts'
export { softmax } from './softmax.ts'
export { softmaxJvp, softmaxVjp } from './softmax-products.ts'
export { softplus, softplusDerivative } from './softplus.ts'
export { sparsemax } from './sparsemax.ts'
export { sparsemaxJvp, sparsemaxVjp } from './sparsemax-products.ts'
export { squared } from './squared.ts'
export { squaredHinge } from './squared-hinge.ts'
export { tanh, tanhDerivative } from './tanh.ts'
export { weightedCrossEntropy } from './weighted-cross-entropy.ts'
export { zeroOne } from './zero-one.ts'
