export type * from './oracle.ts'
export type * from './penalty.ts'
