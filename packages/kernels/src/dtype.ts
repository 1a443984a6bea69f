// The precision in which a matrix is stored.

/** The precision in which numbers are stored. All arithmetic is in doubles. */
export type Dtype = 'float64' | 'float32'

export const demandDtype = (caller: string, dtype: Dtype | undefined): void => {
  if (dtype !== undefined && dtype !== 'float64' && dtype !== 'float32')
    throw new RangeError(`${caller}: expected dtype 'float64' or 'float32', got ${String(dtype)}`)
}
