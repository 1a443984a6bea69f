// What a command sees of the world around it, so that tests can run commands in their own process.

export interface World {
  /** The folder in which relative paths start. */
  readonly cwd: string
  /** Writes to stdout. */
  out(text: string): void
  /** Writes to stderr. */
  err(text: string): void
  /** Which of the two take colour: terminals, unless NO_COLOR is set. */
  readonly colour: { readonly out: boolean; readonly err: boolean }
}
