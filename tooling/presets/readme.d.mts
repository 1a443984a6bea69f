/**
 * Registers one vitest test for each ```ts fence of the package's README.md: it must run, and where a line reads
 * `expression // value` (or `// → value`) with a literal value, the expression must have it, to the digits shown.
 * A fence marked ```ts no-run is skipped.
 *
 * @param testUrl `import.meta.url` of the test file
 * @param options.readme another README than that of the package
 */
export function readmeExamples(testUrl: string, options?: { readme?: URL | string }): void

export interface Fence {
  /** Line of the first line of code in the markdown, from 1. */
  line: number
  code: string
  /** Marked `no-run`. */
  skipped: boolean
}

export function fencesOf(markdown: string): Fence[]

export function instrument(code: string, firstLine?: number): { code: string; unchecked: string[] }

export function shows<T>(actual: T, claim: string, line: number): T

export function roundsTo(value: number, numeral: string): boolean
