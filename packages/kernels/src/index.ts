export { sortDoubles } from './sort-doubles.ts'
