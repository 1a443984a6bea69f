// One entry for each row.
import { fault } from './fault.ts'

/** Throws unless `array` has `rows` entries, and unless there are any rows. */
export function checkLength(
  caller: string,
  name: string,
  array: ArrayLike<unknown> | undefined,
  rows: number,
): void {
  if (!(rows > 0 && array?.length === rows))
    fault(caller, `${name}.length ${rows > 0 ? `${rows} (rows of truth)` : '> 0'}`, array?.length)
}
