export type { ClassWeights } from './class-weights.ts'
export { balancedClassWeights } from './class-weights.ts'
export type { StartingPoint } from './columns.ts'
export { dataHash } from './data-hash.ts'
export { dense } from './dense.ts'
export type { BlockReader, ColumnMoments, Design } from './design.ts'
export type { Admitted, ClassifierOptions } from './door.ts'
export { admit, checkOffset } from './door.ts'
export type { LogisticOptions } from './fit-logistic.ts'
export { fitLogistic, fitLogisticAsync } from './fit-logistic.ts'
export type {
  FitOptions,
  FitStep,
  Fitting,
  Posed,
  Shared,
  Solved,
  SolverChoice,
  SolverContext,
} from './fitting.ts'
export { setUp } from './fitting.ts'
export type { EncodedLabels } from './labels.ts'
export { encodeLabels, sortLabels } from './labels.ts'
export type { DenseMatrix, Matrix, MatrixLike } from './matrix.ts'
export { asMatrix, rowMajor } from './matrix.ts'
export type { FitRecord, Label, Model, PenaltyRecord } from './model.ts'
export type { Objective, ObjectiveQuery, ProblemSpec } from './objective.ts'
export { objective, onlyOne } from './objective.ts'
export { parseModel } from './parse-model.ts'
export type { PredictOptions } from './predict.ts'
export { decision, linearPredictor, positiveProbability, predict, predictProbability } from './predict.ts'
export { standardized } from './standardized.ts'
export { withIntercept } from './with-intercept.ts'
