// What a worker is sent: a module, and the memory on which it is to work.

export interface Mail {
  readonly desk: SharedArrayBuffer
  /** Which worker it is. */
  readonly place: number
  /** In ms: when nothing has come for so long, it ends. */
  readonly idle: number
  readonly memoryNumber: number
  readonly memory: { readonly buffer: ArrayBufferLike }
  readonly moduleNumber: number
  readonly module: object
}
