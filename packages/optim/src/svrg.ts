// SVRG: stochastic steps that become exact, since they are measured against a full gradient from time to time.
import { expectCounts } from './epochs.ts'
import type { SampleQuery } from './oracle.ts'
import type { ProximalSolver } from './penalty.ts'
import { type VarianceReducedOptions, varianceReduced } from './variance-reduced.ts'

export type SvrgOptions = VarianceReducedOptions & {
  /** How often the inner loop goes through as many batches as there are: 1, 2, … Default 2. */
  innerPasses?: number | undefined
}

/**
 * SVRG, x ← prox_{tP}(x − t [∇f_B(x) − ∇f_B(x̃) + ∇f(x̃)]), B drawn from fixed batches of rows (the bracket is weighted where one is
 * smaller), x̃ ← x after every inner loop, when the gradients of all batches are asked for and kept. t = 1/(6L) from `smoothness`:
 * with M ≥ 18 L/μ inner updates, f(x̃) − f* at least halves in expectation, times ½ + 9L/(μM) (for x̃ drawn from the inner iterates; here it is
 * the last of them, as in practice).
 *
 * Asks `sample-gradient`: 1 + innerPasses passes per iteration; the first of them measures the step. Memory: (n/batchSize + 4) p
 * and n small integers.
 * Choose it as `saga`, which takes fewer passes as a rule; its values come with its passes, and its steps are steadier.
 * Source: Johnson & Zhang, NIPS 26 (2013), 315–323; Xiao & Zhang, SIAM J. Optim. 24 (2014), 2057–2075, with a penalty.
 *
 * @param options.maxIterations default 100.
 * @throws RangeError on an option out of range, or if `rows`, or both `step` and `smoothness`, are missing.
 */
export function svrg(options: SvrgOptions): ProximalSolver<SampleQuery> {
  const { innerPasses = 2 } = options
  expectCounts('svrg', { innerPasses })
  return varianceReduced('svrg', options, 1 / 6, innerPasses, false)
}
