export { armijo } from './armijo.ts'
export { bfgs } from './bfgs.ts'
export { type CheckDerivativesOptions, checkDerivatives, type DerivativeReport } from './check-derivatives.ts'
export { cholesky, choleskySolve } from './cholesky.ts'
export {
  type ConjugateGradientOptions,
  conjugateGradient,
  forcingTerm,
  type Inner,
  type Preconditioner,
} from './conjugate-gradient.ts'
export type { MinimizeOptions } from './drive.ts'
export { elasticNet } from './elastic-net.ts'
export type { AnswerCheck, Discrepancy } from './findings.ts'
export { type FistaOptions, fista } from './fista.ts'
export { type GradientDescentOptions, gradientDescent } from './gradient-descent.ts'
export { l1 } from './l1.ts'
export { l2 } from './l2.ts'
export { type LbfgsOptions, lbfgs } from './lbfgs.ts'
export type { Limits } from './limits.ts'
export type { Trial } from './line-search.ts'
export { minimize, stepThrough } from './minimize.ts'
export { minimizeAsync } from './minimize-async.ts'
export { minimizeTogether, type TogetherOptions } from './minimize-together.ts'
export { type MomentumOptions, momentum } from './momentum.ts'
export { type NesterovOptions, nesterov } from './nesterov.ts'
export { newton } from './newton.ts'
export { type NewtonCgOptions, newtonCg } from './newton-cg.ts'
export type * from './oracle.ts'
export { addPenalty, penalized, type SmoothQuery } from './penalized.ts'
export type * from './penalty.ts'
export type { PenaltyOptions } from './separable.ts'
export { type TrustRegionOptions, trustRegion } from './trust-region.ts'
export { wolfe } from './wolfe.ts'
