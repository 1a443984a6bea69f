// What rows are called, and the order of the classes, which depends on the labels' values only, never on the order of the data.

/** A class label. Labels are compared by value and type: 1 and "1" are different classes. */
export type Label = string | number | boolean

/** Labels that something said of each row. Arrays of floating-point numbers are left out, as they hold probabilities or scores. */
export type Labels =
  | ReadonlyArray<Label>
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array

/** The true label of each row: all strings, all finite numbers or all booleans. */
export type Truth = Labels | Float32Array | Float64Array

/** One number for each row, the larger the likelier positive. Arrays of labels and of integers are left out. */
export type Scores = ReadonlyArray<number> | Float32Array | Float64Array

/** Strings, booleans and finite numbers, which begin with a digit; NaN, Infinity, null, objects do not get past. */
export const isLabel = (value: unknown): boolean =>
  /^(string|boolean|number-?\d)/.test(typeof value + String(value))

/**
 * The order of classes: numbers, and strings that all look like numbers, numerically; other strings by code unit;
 * false before true. A new array.
 */
export function sortLabels(labels: Iterable<Label>): Label[] {
  const sorted = [...labels].sort()
  // Sorting is stable: equal numbers stay in the order of their code units.
  return sorted.every((label) => `${label}`.trim() && Number.isFinite(+label))
    ? sorted.sort((a, b) => +a - +b)
    : sorted
}
