// What a run had reached when its oracle threw: the driver writes it on the error, which is passed on as it is.
import type { Outcome } from './oracle.ts'

/**
 * The best point so far of a run that ended because its oracle threw (status 'stopped', value Infinity if nothing had been
 * measured), read from the caught error: `minimize`, `minimizeAsync` and `stepThrough` write it there as `outcome`. Start from its
 * `at` to go on.
 *
 * @returns undefined if the error came from elsewhere, or cannot carry it (a frozen object, a thrown string).
 */
export const outcomeOf = (error: unknown): Outcome | undefined =>
  (Object(error) as { outcome?: Outcome }).outcome

/** As {@link outcomeOf}, of `minimizeTogether`: one outcome for each solver; those that had ended have their own ending. */
export const outcomesOf = (error: unknown): Outcome[] | undefined =>
  (Object(error) as { outcomes?: Outcome[] }).outcomes
