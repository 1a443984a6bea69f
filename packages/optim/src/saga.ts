// SAGA: stochastic steps that become exact, since the last gradient of every batch is remembered.
import type { SampleQuery } from './oracle.ts'
import type { ProximalSolver } from './penalty.ts'
import { type VarianceReducedOptions, varianceReduced } from './variance-reduced.ts'

/**
 * SAGA, x ← prox_{tP}(x − t [∇f_B(x) − g_B + ḡ]), then g_B ← ∇f_B(x): B is drawn from fixed batches of rows (the bracket is weighted
 * where one is smaller), g_B its last gradient, ḡ the mean of these. t = 1/(3L) from `smoothness`: linear convergence where f is
 * strongly convex, by 1 − min(1/4m, μ/3L) an update, m batches, in expectation.
 *
 * Asks `sample-gradient`: one pass per epoch (an iteration is an epoch), and one more for each step that is measured. Memory:
 * (n/batchSize + 5) p and 2n small integers.
 * Choose it for many rows, with or without a penalty that has a prox, when passes are dear and the table of gradients fits in memory.
 * Source: Defazio, Bach & Lacoste-Julien, NIPS 27 (2014), 1646–1654.
 *
 * @param options.maxIterations epochs, default 100.
 * @throws RangeError on an option out of range, or if `rows`, or both `step` and `smoothness`, are missing.
 */
export const saga = (options: VarianceReducedOptions): ProximalSolver<SampleQuery> =>
  varianceReduced('saga', options, 1 / 3, true)
