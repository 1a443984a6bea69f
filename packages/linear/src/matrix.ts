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
