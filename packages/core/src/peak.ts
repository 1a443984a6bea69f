// Where a vector is largest: what every stable function of exponentials subtracts first.

/** The index of the first largest entry; 0 if z is empty. If the first entry is NaN, it is 0. */
export function peak(z: ArrayLike<number>): number {
  let top = 0
  for (let k = 1; k < z.length; k++) if (z[k] > z[top]) top = k
  return top
}
