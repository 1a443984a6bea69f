export { dense, matrix } from './dense-design.ts'
export { sortDoubles } from './sort-doubles.ts'
