export type { Block, BlockLoss, Loss, ScalarLoss, VectorLoss } from './loss.ts'
