// A fit of more numbers than are copied: `node scripts/large.mjs float64` (3 GB) or `float32` (4 GiB), after a build; needs as much memory
// and 2 GB. The truth is known, and the gradient at the answer is measured again by plain code.
import { dense } from '@logodds/kernels'
import { fitLogistic } from '@logodds/linear'
import { l2, lbfgs } from '@logodds/optim'

const dtype = process.argv[2] === 'float32' ? 'float32' : 'float64'
const p = 128
const n = dtype === 'float32' ? 2 ** 23 : 2_930_000
const lambda = 1e-8
const seconds = () => performance.now() / 1000
const started = seconds()
const tell = (what) => console.log(`${(seconds() - started).toFixed(1)} s: ${what}`)

let state = 12345
const uniform = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 2 ** 31 - 1
}
const truth = Float64Array.from({ length: p }, () => uniform() / 2)
const intercept = -0.5
const data = dtype === 'float32' ? new Float32Array(n * p) : new Float64Array(n * p)
const y = new Uint8Array(n)
for (let i = 0; i < n; i++) {
  let eta = intercept
  for (let j = 0; j < p; j++) {
    data[i * p + j] = uniform()
    eta += data[i * p + j] * truth[j]
  }
  y[i] = +((uniform() + 1) / 2 < 1 / (1 + Math.exp(-eta)))
}
tell(`${n} × ${p} ${dtype}, ${(data.byteLength / 2 ** 30).toFixed(2)} GiB, made`)

const design = dense({ data, shape: [n, p], stride: [p, 1], offset: 0 })
tell('looked at')
const { fit, coefficients, intercepts } = fitLogistic(design, y, {
  penalty: l2(lambda),
  standardize: false,
  solver: (_, limits) => lbfgs(limits),
})
const [beta] = coefficients
tell(
  `${fit.status} after ${fit.iterations} iterations, ${fit.passes} passes; gradient norm ${fit.gradientNorm.toExponential(2)}`,
)

// Standard errors are about 1/√(n Var(x) E p(1 − p)), and the gradient is that of the mean loss.
const gradient = new Float64Array(p + 1)
let information = 0
for (let i = 0; i < n; i++) {
  let eta = intercepts[0]
  for (let j = 0; j < p; j++) eta += data[i * p + j] * beta[j]
  const chance = 1 / (1 + Math.exp(-eta))
  const r = (chance - y[i]) / n
  for (let j = 0; j < p; j++) gradient[j] += r * data[i * p + j]
  gradient[p] += r
  information += chance * (1 - chance)
}
for (let j = 0; j < p; j++) gradient[j] += lambda * beta[j]
const norm = gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0)
const error = 1 / Math.sqrt(information / 3)
const off = beta.reduce((most, b, j) => Math.max(most, Math.abs(b - truth[j]) / error), 0)
tell(
  `plain code's gradient norm ${norm.toExponential(2)}; coefficients at most ${off.toFixed(1)} standard errors off`,
)
console.log(`largest resident set ${(process.resourceUsage().maxRSS / 2 ** 20).toFixed(2)} GiB`)
if (!(fit.status === 'converged' && norm < 1e-7 && off < 5)) throw new Error('not as it should be')
