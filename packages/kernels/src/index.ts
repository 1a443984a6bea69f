export { dense, matrix } from './dense-design.ts'
export { free } from './free.ts'
export { sortDoubles } from './sort-doubles.ts'
export { csc, csr } from './sparse-design.ts'
