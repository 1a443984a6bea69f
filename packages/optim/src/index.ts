export type * from './oracle.ts'
