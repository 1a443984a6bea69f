// A scalar activation on a vector: the one convention for in-place and allocating forms.

/**
 * outₖ = f(zₖ). `elementwise(tanh, z)` allocates, `elementwise(tanh, z, z)` works in place.
 *
 * f is called with the number alone. (`z.map(leakyRelu)` would hand it the index for its slope.) A parameter goes in as
 * `elementwise((x) => leakyRelu(x, 0.2), z)`.
 *
 * @param z - K numbers, never changed unless it is also `out`
 * @param out - K numbers, where the result goes (may be z itself); default: a new Float64Array
 * @returns `out`
 * @throws RangeError if `out` has another length
 */
export function elementwise(
  f: (z: number) => number,
  z: ArrayLike<number>,
  out: Float64Array = new Float64Array(z.length),
): Float64Array {
  if (out.length !== z.length) {
    throw new RangeError(`elementwise: expected out.length ${z.length} (length of z), got ${out.length}`)
  }
  for (let k = 0; k < z.length; k++) out[k] = f(z[k])
  return out
}
