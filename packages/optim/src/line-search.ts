// What a line search along φ(t) = f(x + t d) finds.

export interface Trial {
  /** How far along d: 0 if nothing was found. */
  readonly t: number
  /** φ(t). If nothing was found: NaN, or −Infinity if something was not finite. */
  readonly value: number
  /** φ'(t), where the question asks for a gradient. */
  readonly slope?: number | undefined
}
