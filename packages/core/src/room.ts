// Where the result of a vector loss goes.

/** `out`, or a new array. @throws RangeError in the name of `loss` if `out` has not `size` entries */
export function room(loss: string, size: number, out: Float64Array = new Float64Array(size)): Float64Array {
  if (out.length !== size) throw new RangeError(`${loss}: expected out.length ${size}, got ${out.length}`)
  return out
}
