// Where numbers stop meaning what they say.

/** Values of f this close to each other may differ by rounding alone: a sum over many rows carries such errors. */
export const noise = (value: number): number => 1e-12 * Math.abs(value)

/** Whether both are numbers: neither NaN nor ±Infinity. */
export const finite = (a: number, b: number): boolean => Math.abs(a) + Math.abs(b) < Infinity
