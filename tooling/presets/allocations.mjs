// How large the arrays are that a piece of code makes, by whatever constructor or method; views of others are none. What literals make, and
// what `push` makes grow, is not seen.

const NAMES = ['Float64Array', 'Float32Array', 'Int32Array', 'Uint32Array', 'Uint16Array', 'Uint8Array']

/** Methods of arrays and typed arrays that return a new one. */
const COPYING = [
  'slice',
  'map',
  'filter',
  'concat',
  'flat',
  'flatMap',
  'splice',
  'toSorted',
  'toReversed',
  'with',
]

/** The lengths of all arrays of at least `least` entries that `run` makes, in order; bytes of WebAssembly's memories are counted as they are. */
export function arraysMade(least, run) {
  const lengths = []
  const made = (length) => {
    if (length >= least) lengths.push(length)
  }
  const undo = []
  const replace = (where, name, by) => {
    const old = Object.getOwnPropertyDescriptor(where, name)
    Object.defineProperty(where, name, { ...old, value: by })
    undo.push(() => Object.defineProperty(where, name, old))
  }

  for (const name of NAMES) replace(globalThis, name, telling(globalThis[name], made))
  replace(
    WebAssembly,
    'Memory',
    new Proxy(WebAssembly.Memory, {
      construct(target, given) {
        const memory = new target(...given)
        made(memory.buffer.byteLength)
        return memory
      },
    }),
  )
  for (const prototype of [Object.getPrototypeOf(Float64Array.prototype), Array.prototype])
    for (const name of COPYING.filter((method) => method in prototype)) {
      const method = prototype[name]
      replace(prototype, name, function (...given) {
        const result = method.apply(this, given)
        made(result.length)
        return result
      })
    }
  const { from } = Array
  replace(Array, 'from', function (...given) {
    const result = from.apply(this, given)
    made(result.length)
    return result
  })
  try {
    run()
  } finally {
    for (const step of undo.reverse()) step()
  }
  return lengths
}

/** The same constructor, telling how long what it makes is, unless it is a view; `from` and `of` construct by it, too. */
const telling = (array, made) =>
  new Proxy(array, {
    construct(target, given, newTarget) {
      const result = Reflect.construct(target, given, newTarget)
      const [source] = given
      const view = source instanceof ArrayBuffer || source instanceof SharedArrayBuffer
      if (!view) made(result.length)
      return result
    },
  })
