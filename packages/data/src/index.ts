export { type CodedColumn, type CodingOptions, codedTerms, coding } from './coding.ts'
export { type CompleteRowsOptions, completeRows } from './complete-rows.ts'
export { readCsvFile } from './csv-file.ts'
export { type CsvOptions, readCsv } from './csv-read.ts'
export type { CsvSource, ReadableChunks } from './csv-text.ts'
export { type WritableColumn, writeCsv } from './csv-write.ts'
export { type DataError, isDataError } from './data-error.ts'
export { breastCancer, type DataSet, iris } from './data-set.ts'
export { type DataMatrix, encode } from './encode.ts'
export { requireLabels } from './labels.ts'
export { levelsOf, sortLevels } from './levels.ts'
export { type SplitOptions, stratifiedSplit } from './stratified-split.ts'
export {
  type Column,
  type ColumnValues,
  type NumberColumn,
  requireColumn,
  requireNumeric,
  selectRows,
  type Table,
  type TextColumn,
  tableOf,
} from './table.ts'
