// What is measured: a task has data, which both sides read from files, and runners that do the same work on them.

/** One side of a comparison: a process that loads the data once and then does the work as often as it is told to. */
export interface Runner {
  /** As the table names it. */
  readonly name: string
  /** The program and its arguments; the data's folder and the name of the work are added. */
  readonly command: readonly string[]
  /** What must be installed, as a command that succeeds if it is; nothing for our own. */
  readonly needs?: readonly string[]
}

export interface Task {
  /** 'T8', and which part of it. */
  readonly id: string
  readonly title: string
  /** What a runner is told to do. */
  readonly work: string
  /** A folder's name: tasks of the same data share it. */
  readonly data: string
  /** Writes the data's files into a folder. */
  make(folder: string): void
  readonly runners: readonly Runner[]
  /** How far the answers of two runners may be apart, relative to the larger. */
  readonly agreement: number
  readonly rounds: number
  /** How many times as fast as the peer is hoped for. */
  readonly goal?: number
}

/** What a runner says of one run. */
export interface Run {
  /** Of the work alone: the data are in memory before, the answer after it. */
  readonly seconds: number
  /** What shows that it did the same work as the others. */
  readonly answer: number
}

/** As the page and the command line have it: 'T8'. */
export const nameOf = ({ id }: { readonly id: string }): string => id.split(' ')[0]!
