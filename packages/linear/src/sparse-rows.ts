// A matrix by its entries that are not zero: compressed sparse rows, the columns of each row ascending, each at most once. What the
// arrays of scipy's layouts are turned into; a zero that is stored is like one that is not.
import { demand } from './demand.ts'

export interface SparseRows {
  readonly rows: number
  readonly columns: number
  /** Row i has the entries starts[i] … starts[i + 1] − 1. */
  readonly starts: Int32Array
  /** The column of each entry. */
  readonly indices: Int32Array
  readonly values: Float64Array
  /** See {@link someRows}, for matrices whose arrays are quicker to copy in a way of their own. */
  some?(runs: readonly number[]): SparseRows
}

/** Rows first … first + rows − 1, or those of a list. */
export interface SparseBlock {
  first: number
  rows: number
  list: Int32Array | undefined
}

/** The arrays that scipy's `csr_matrix` and `csc_matrix` have in common. */
export interface CompressedArrays {
  /** The entries, row by row (csr) or column by column (csc); finite. */
  readonly data: ArrayLike<number>
  /** The column (csr) or row (csc) of each entry, in any order; entries at the same place are added up. */
  readonly indices: ArrayLike<number>
  /** Row (csr) or column (csc) i has the entries indptr[i] … indptr[i + 1] − 1. */
  readonly indptr: ArrayLike<number>
}

// What an Int32Array counts up to.
const MOST = 2147483647

/**
 * The arrays, checked: as if they were rows of `across` columns, in the order that they have. Those of the right type are shared.
 *
 * @param name what `across` is called in errors: 'columns', or 'rows' for arrays that are columns
 */
export function checkedArrays(
  caller: string,
  { data, indices, indptr }: CompressedArrays,
  across: number,
  name: 'columns' | 'rows',
): SparseRows {
  const rows = indptr?.length - 1
  const size = indices?.length
  demand(across >= 0 && across <= MOST && across % 1 === 0, caller, `${name} a whole number`, across)
  demand(rows >= 0, caller, 'indptr with at least one number', indptr?.length ?? indptr)
  demand(size <= MOST, caller, `at most ${MOST} indices`, size ?? indices)
  demand(data?.length === size, caller, `data.length ${size} (indices.length)`, data?.length)
  demand(indptr[0] === 0, caller, 'indptr[0] 0', indptr[0])
  for (let i = 0; i < rows; i++) {
    const next = indptr[i + 1]
    const ascends = Number.isInteger(next) && next >= indptr[i]
    demand(ascends, caller, `indptr[${i + 1}] a whole number ≥ ${indptr[i]} (indptr[${i}])`, next)
  }
  demand(indptr[rows] === size, caller, `indptr[${rows}] ${size} (indices.length)`, indptr[rows])
  for (let q = 0; q < size; q++) {
    const c = indices[q]
    if (!(Number.isInteger(c) && c >= 0 && c < across))
      demand(false, caller, `indices[${q}] a whole number from 0 to ${across - 1} (${name})`, c)
    if (!Number.isFinite(data[q])) demand(false, caller, `data[${q}] a finite number`, data[q])
  }
  return {
    rows,
    columns: across,
    starts: indptr instanceof Int32Array ? indptr : Int32Array.from(indptr),
    indices: indices instanceof Int32Array ? indices : Int32Array.from(indices),
    values: data instanceof Float64Array ? data : Float64Array.from(data),
  }
}

/** The transpose, by counting; the entries of each of its rows come in ascending order, equal ones in the order that they had. */
export function transposed({ rows, columns, starts, indices, values }: SparseRows): SparseRows {
  const size = indices.length
  const ends = new Int32Array(columns + 1)
  for (let q = 0; q < size; q++) ends[indices[q] + 1]++
  for (let c = 0; c < columns; c++) ends[c + 1] += ends[c]
  const turned = ends.slice()
  const of = new Int32Array(size)
  const entries = new Float64Array(size)
  for (let i = 0; i < rows; i++)
    for (let q = starts[i]; q < starts[i + 1]; q++) {
      const to = ends[indices[q]]++
      of[to] = i
      entries[to] = values[q]
    }
  return { rows: columns, columns: rows, starts: turned, indices: of, values: entries }
}

/** Whether the columns of each row ascend, none of them twice. */
export function isOrdered({ rows, starts, indices }: SparseRows): boolean {
  for (let i = 0; i < rows; i++)
    for (let q = starts[i] + 1; q < starts[i + 1]; q++) if (indices[q] <= indices[q - 1]) return false
  return true
}

/** Adds up entries at the same place, which are neighbours; new arrays. */
export function addedUp(caller: string, { rows, columns, starts, indices, values }: SparseRows): SparseRows {
  const begins = new Int32Array(rows + 1)
  const of = new Int32Array(indices.length)
  const sums = new Float64Array(indices.length)
  let to = 0
  for (let i = 0; i < rows; i++) {
    for (let q = starts[i]; q < starts[i + 1]; q++) {
      const again = to > begins[i] && of[to - 1] === indices[q]
      if (!again) of[to++] = indices[q]
      sums[to - 1] += values[q]
      if (!Number.isFinite(sums[to - 1]))
        demand(false, caller, `a finite sum in row ${i}, column ${indices[q]}`, sums[to - 1])
    }
    begins[i + 1] = to
  }
  return { rows, columns, starts: begins, indices: of.slice(0, to), values: sums.slice(0, to) }
}

/** A copy of these rows: the first and the number of each run of them, in turn. */
export function someRows(matrix: SparseRows, runs: readonly number[]): SparseRows {
  if (matrix.some) return matrix.some(runs)
  const { columns, starts, indices, values } = matrix
  const begins = [0]
  const parts: [number, number][] = []
  let size = 0
  for (let at = 0; at < runs.length; at += 2) {
    const [first, end] = [runs[at], runs[at] + runs[at + 1]]
    for (let i = first; i < end; i++) begins.push(size + starts[i + 1] - starts[first])
    parts.push([starts[first], size])
    size += starts[end] - starts[first]
  }
  const of = new Int32Array(size)
  const entries = new Float64Array(size)
  parts.forEach(([from, to], q) => {
    const until = from + (parts[q + 1]?.[1] ?? size) - to
    of.set(indices.subarray(from, until), to)
    entries.set(values.subarray(from, until), to)
  })
  return { rows: begins.length - 1, columns, starts: Int32Array.from(begins), indices: of, values: entries }
}
