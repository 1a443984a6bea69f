// The log loss of a row, in any base, between the bounds that a clip of the probabilities sets.
import { fault } from './fault.ts'
import { surprise } from './row-scores.ts'

export interface ClipOptions {
  /**
   * Probabilities are moved into [clip, 1 − clip] first. Default 2.220446049250313e-16, the double eps; 0 makes the loss
   * +Infinity where a true class was given probability 0.
   */
  clip?: number
}

export function clippedSurprise(
  caller: string,
  clip = Number.EPSILON,
): (row: Float64Array, k: number) => number {
  if (!(clip >= 0 && clip < 0.5)) fault(caller, 'clip in [0, 0.5)', clip)
  // A probability of the truth in [clip, 1 − clip] is a loss between these two; clipped here, no digit of 1 − p is lost.
  const [least, most] = [-Math.log1p(-clip), -Math.log(clip)]
  return (row, k) => Math.min(Math.max(surprise(row, k), least), most)
}
