// Running one solver against answers that come later: from workers, a server or a database.
import { drive, type Halt, type MinimizeOptions } from './drive.ts'
import type { AsyncOracle, Outcome, Query, Solver } from './oracle.ts'

/**
 * As `minimize`, with answers that may be promises. The iterates are the same, bit for bit, if the answers are.
 * Every 12 ms or so it lets the event loop run, so that a page stays alive. `signal` and `timeLimit` also end it while an
 * answer is pending; that answer is then ignored, and so is its failure.
 *
 * @returns rejects with whatever the oracle or `onStep` throws, and with a RangeError on a caller's mistake. A failure of the
 * oracle carries the best point so far (`outcomeOf`).
 */
export async function minimizeAsync<Q extends Query>(
  oracle: AsyncOracle<Q>,
  solver: Solver<NoInfer<Q>>,
  start: ArrayLike<number>,
  options: MinimizeOptions = {},
): Promise<Outcome> {
  const run = drive<Q>('minimizeAsync', solver, start, options)
  const { signal, timeLimit = Infinity } = options
  let halted: Halt | undefined
  let wake = (_: Halt) => {}
  const halt = (status: Halt) => {
    halted = status
    wake(status)
  }
  const abort = () => halt('stopped')
  signal?.addEventListener('abort', abort)
  // Timers hold at most 2^31 ms; a later limit is still seen between two questions.
  const timer = timeLimit < 2e6 ? setTimeout(halt, timeLimit * 1000, 'time-limit') : undefined
  try {
    let breath = performance.now()
    let turn = run.next(0)
    while (!turn.done) {
      const asked = oracle(turn.value)
      const answer =
        typeof asked === 'number'
          ? asked
          : await new Promise<number | Halt>((resolve, reject) => {
              wake = resolve
              asked.then(resolve, reject)
              if (halted) resolve(halted)
            })
      if (performance.now() - breath > 12) {
        await new Promise((resolve) => setTimeout(resolve))
        breath = performance.now()
      }
      turn = run.next(answer)
    }
    return turn.value
  } catch (error) {
    Reflect.set(Object(error), 'outcome', run.next('stopped').value)
    throw error
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}
