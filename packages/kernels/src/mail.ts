// What a worker is sent: a module, and the memory on which it is to work.

export interface Mail {
  readonly desk: SharedArrayBuffer
  /** Which worker it is. */
  readonly place: number
  /** In ms: when nothing has come for so long, it ends; and before the next question. */
  readonly idle: number
  readonly next: number
  readonly memoryNumber: number
  readonly memory: { readonly buffer: ArrayBufferLike }
  readonly moduleNumber: number
  readonly module: object
  /** The numbers of memories that it is to work on no more. */
  readonly forget: readonly number[]
  /** In bytes: where it is to touch the memory until there is a question, and where not any more. */
  readonly touch?: readonly number[] | undefined
}
