export type { Matrix, MatrixLike } from './matrix.ts'
export type { FitRecord, Label, Model, PenaltyRecord } from './model.ts'
