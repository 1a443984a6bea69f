// SVRG: stochastic steps that become exact, since they are measured against a full gradient from time to time.
import type { SampleQuery } from './oracle.ts'
import type { ProximalSolver } from './penalty.ts'
import { type VarianceReducedOptions, varianceReduced } from './variance-reduced.ts'

/**
 * SVRG, x ← prox_{tP}(x − t [∇f_B(x) − ∇f_B(x̃) + ∇f(x̃)]), B drawn from fixed batches of rows (the bracket is weighted where one is
 * smaller): after every `measureEvery` epochs x̃ ← x, and the gradients of all batches there are asked for and kept. t = 1/(6L) from
 * `smoothness`: with M ≥ 36 L/μ updates from one x̃ to the next, f(x̃) − f* falls by ½ + 9L/(μM) ≤ ¾ or faster each time, in expectation
 * (of an x̃ drawn from the iterates between; here it is the last of them, as in practice).
 *
 * Asks `sample-gradient`: one pass per epoch (an iteration is an epoch), and one more for each x̃, which measures the step. Memory:
 * (n/batchSize + 6) p and 2n small integers.
 * Choose it as `saga`, which takes fewer passes as a rule; a value costs nothing here, and the gradients are those of one point.
 * Source: Johnson & Zhang, NIPS 26 (2013), 315–323; Xiao & Zhang, SIAM J. Optim. 24 (2014), 2057–2075, with a penalty.
 *
 * @param options.measureEvery epochs from one x̃ to the next, default 2.
 * @param options.maxIterations epochs, default 100.
 * @throws RangeError on an option out of range, or if `rows`, or both `step` and `smoothness`, are missing.
 */
export const svrg = (options: VarianceReducedOptions): ProximalSolver<SampleQuery> =>
  varianceReduced('svrg', { ...options, measureEvery: options.measureEvery ?? 2 }, 1 / 6, false)
