// Who works on the chunks of a question: this thread.

/** The exports of a module with numbers in and a number, or nothing, out. */
type Work<Exports, Name extends keyof Exports> = Exports[Name] extends (...numbers: infer Numbers) => unknown
  ? Numbers
  : never

/**
 * Calls an export once for each chunk, with that chunk's arguments; chunks have outputs and scratch of their own. In any order, and
 * on any thread.
 *
 * @returns what each call returns, in the order of the chunks: true is 1, nothing is NaN
 */
export function runChunks<Exports extends object, Name extends keyof Exports>(
  module: Exports,
  name: Name,
  chunks: readonly Work<Exports, Name>[],
): Float64Array {
  const call = module[name] as (...numbers: readonly number[]) => number
  const said = new Float64Array(chunks.length)
  chunks.forEach((numbers, c) => {
    said[c] = call(...(numbers as readonly number[]))
  })
  return said
}
