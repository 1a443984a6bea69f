export { type PrecisionRecallCurve, plotPrecisionRecall } from './precision-recall.ts'
export { plotRoc, type RocCurve } from './roc.ts'
export type { CurvePlotOptions } from './unit-square.ts'
