export const sources: readonly string[]
export function generated(name: string): URL
export function compile(name: string): Promise<string>
export const script: URL
export function compileScript(): string
export function assemble(
  name: string,
  read: (file: string) => string,
  more?: readonly string[],
): Promise<string>
