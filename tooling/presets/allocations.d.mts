/** The lengths of all arrays of at least `least` entries that `run` makes, in order; bytes of WebAssembly's memories are counted as they are. */
export declare function arraysMade(least: number, run: () => void): number[]
