// The currency at the doors: any matrix that looks like an ndarray (data, shape, stride, offset), or rows of numbers.
// Accepted by shape, so that nothing here imports the ndarray package, which needs `new Function`.

/** A strided matrix: element (i, j) is `data[offset + i·stride[0] + j·stride[1]]`. Every 2-d scijs `ndarray` is one. */
export interface Matrix {
  readonly data: ArrayLike<number>
  readonly shape: readonly number[]
  readonly stride: readonly number[]
  readonly offset: number
}

/** What every function takes where it says X: an ndarray of any stride, or an array of rows. Never changed. */
export type MatrixLike = Matrix | ReadonlyArray<ArrayLike<number>>

/** A matrix that functions here return: contiguous and row-major. */
export interface DenseMatrix extends Matrix {
  readonly data: Float64Array
  readonly shape: [number, number]
  readonly stride: [number, number]
}

/** Wraps a flat row-major array of n × p numbers; shares it. */
export function rowMajor(data: Float64Array, rows: number, columns: number): DenseMatrix {
  return { data, shape: [rows, columns], stride: [columns, 1], offset: 0 }
}

const isMatrix = (X: MatrixLike): X is Matrix => !Array.isArray(X) && 'data' in X

/** Checks the shape of X and gives it as a strided matrix; rows of numbers are copied once into a flat array. */
export function asMatrix(caller: string, X: MatrixLike): Matrix {
  if (typeof X !== 'object' || X === null)
    throw new TypeError(
      `${caller}: expected X as an ndarray or an array of rows, got ${X === null ? 'null' : typeof X}`,
    )
  if (isMatrix(X)) {
    const { data, shape, stride, offset } = X
    if (shape?.length !== 2 || stride?.length !== 2)
      throw new TypeError(`${caller}: expected X with shape [rows, columns], got [${shape}]`)
    const far = (axis: number) => (shape[axis] - 1) * stride[axis]
    const low = offset + Math.min(0, far(0)) + Math.min(0, far(1))
    const high = offset + Math.max(0, far(0)) + Math.max(0, far(1))
    if (shape[0] > 0 && shape[1] > 0 && !(low >= 0 && high < data.length))
      throw new RangeError(
        `${caller}: expected X.data to hold [${shape}] with stride [${stride}], got ${data.length} numbers`,
      )
    // Typed arrays hold numbers; an array of anything may hold what arithmetic would turn into one.
    const alien = Array.isArray(data) ? data.findIndex((v) => typeof v !== 'number') : -1
    if (alien >= 0)
      throw new TypeError(`${caller}: expected numbers in X, got ${typeof data[alien]} in X.data[${alien}]`)
    return X
  }
  if (!Array.isArray(X))
    throw new TypeError(`${caller}: expected X as an ndarray or an array of rows, got an object`)
  return flattened(caller, X)
}

function flattened(caller: string, X: ReadonlyArray<ArrayLike<number>>): Matrix {
  const n = X.length
  const p = n > 0 ? X[0]?.length : 0
  const data = new Float64Array(n * (p || 0))
  for (let i = 0; i < n; i++) {
    const row = X[i]
    if (typeof row !== 'object' || row === null || row.length !== p)
      throw new TypeError(
        `${caller}: expected rows of ${p} numbers, got ${row?.length ?? typeof row} in row ${i}`,
      )
    for (let j = 0; j < p; j++) {
      if (typeof row[j] !== 'number')
        throw new TypeError(`${caller}: expected numbers in X, got ${typeof row[j]} in row ${i}, column ${j}`)
      data[i * p + j] = row[j]
    }
  }
  return rowMajor(data, n, p)
}
