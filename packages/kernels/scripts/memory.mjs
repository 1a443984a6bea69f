// 1,000 fits in a row of 8 MB each, given back and then left to the collector: `node --expose-gc scripts/memory.mjs`, after a build. Tells
// what memory there is on the way, and fails if it grows.
import { dense, free } from '@logodds/kernels'
import { fitLogistic } from '@logodds/linear'
import { l2, lbfgs } from '@logodds/optim'

const n = 10_000
const p = 100
const data = Float64Array.from({ length: n * p }, () => Math.random() - 0.5)
const X = { data, shape: [n, p], stride: [p, 1], offset: 0 }
const y = Uint8Array.from({ length: n }, (_, i) => +(data[p * i] + Math.random() > 0.5))

const used = () => {
  globalThis.gc()
  globalThis.gc()
  return process.memoryUsage.rss() / 2 ** 20
}

for (const [how, done] of [
  ['given back', free],
  ['left to the collector', () => {}],
]) {
  const fit = () => {
    const design = dense(X)
    fitLogistic(design, y, { penalty: l2(0.1), solver: () => lbfgs() })
    done(design)
  }
  for (let k = 0; k < 20; k++) fit()
  const before = used()
  let most = before
  for (let k = 1; k <= 1000; k++) {
    fit()
    most = Math.max(most, process.memoryUsage.rss() / 2 ** 20)
    if (k % 250 === 0) console.log(`${how}: ${k} fits, ${used().toFixed(0)} MiB, at most ${most.toFixed(0)}`)
  }
  if (used() > before + 100) throw new Error(`${how}: from ${before.toFixed(0)} to ${used().toFixed(0)} MiB`)
}
