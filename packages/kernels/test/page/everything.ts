// What a page does with the kernels, as text that is compared with what the same code says in Node.
import { binaryCrossEntropy, categoricalCrossEntropy, categoricalCrossEntropyBlocks } from '@logodds/core'
import { type Design, fitLogistic, objective } from '@logodds/linear'
import { l2, lbfgs } from '@logodds/optim'
import { csr, dense, sortDoubles, threads } from '../../src/index.ts'
import { numbers, uniform } from '../random.ts'
import { sparse } from '../sparse-data.ts'

const [N, P] = [4000, 60]

/** Labels of rows of N columns, which noise has a part in. */
const labels = () => numbers(N, uniform(3)).map((v) => +(v > 0))
const matrix = () => ({ data: numbers(N * P, uniform(1)), shape: [N, P], stride: [P, 1], offset: 0 })

/** Numbers to the bit. */
const bits = (of: Float64Array) => Array.from(new BigUint64Array(of.slice().buffer), String).join()

function softmax(design: Design): string {
  const K = 3
  const size = design.columns * K
  const loss = { ...categoricalCrossEntropy, blocks: categoricalCrossEntropyBlocks }
  const y = numbers(N, uniform(8)).map((v) => Math.floor((1.5 * v + 1.5) % K))
  const oracle = objective({ design, loss, y, width: K })
  const [at, along, gradient, product] = [4, 5, 6, 7].map((seed) => numbers(size, uniform(seed)))
  const value = oracle({ ask: 'gradient', at, gradient })
  oracle({ ask: 'curvature', at, along, product })
  return `${value} ${bits(gradient)} ${bits(product)}`
}

/** Fits, sums and sorts, by name. */
export function everything(): Record<string, string> {
  const y = labels()
  // No powers: those are not the same on all platforms.
  const rows = sparse(N, 300, 0.1, 0, uniform(9))
  const options = { penalty: l2(1e-3) }
  const keys = numbers(50_000, uniform(2))
  keys.set([Number.NaN, -0, 0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], 77)
  return {
    'dense, Newton': JSON.stringify(fitLogistic(dense(matrix()), y, options)),
    'dense, L-BFGS': JSON.stringify(fitLogistic(dense(matrix()), y, { ...options, solver: () => lbfgs() })),
    'single precision': JSON.stringify(fitLogistic(dense(matrix(), { dtype: 'float32' }), y, options)),
    sparse: JSON.stringify(fitLogistic(csr(rows), y, options)),
    'softmax, dense': softmax(dense(matrix())),
    sortDoubles: bits(sortDoubles(keys)),
    'the loss without kernels': String(binaryCrossEntropy.value(0.3, 1)),
  }
}

/**
 * The same while workers take part, if there can be any; and how many threads there may be, and how many chunks workers did.
 *
 * @param workers those that there are
 */
export async function together(
  count: number,
  workers: () => { helped(): number } | undefined,
): Promise<{ threads: number; helped: number; said: Record<string, string> }> {
  threads(count)
  const helped = () => workers()?.helped() ?? 0
  const y = labels()
  const design = dense(matrix())
  const oracle = objective({
    design,
    loss: { ...categoricalCrossEntropy, blocks: categoricalCrossEntropyBlocks },
    y,
    width: 2,
  })
  const gradient = new Float64Array(2 * P)
  // A page's workers start while it does nothing.
  const until = performance.now() + 20_000
  while (helped() < 20 && threads() > 1 && performance.now() < until) {
    for (let k = 0; k < 50; k++) oracle({ ask: 'gradient', at: gradient.map(() => 1e-3 * k), gradient })
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return { threads: threads(), helped: helped(), said: everything() }
}
