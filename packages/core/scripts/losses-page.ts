// docs/losses.md: one table of all losses. Words and formulas come from loss-descriptions.ts, the rest is asked of the losses.
import { binary, classes, type Description, distributions, regression } from './loss-descriptions.ts'

type Loss = Description['loss']

const known = new Map([
  [Infinity, '∞'],
  [0.25, '¼'],
  [0.5, '½'],
  [Math.SQRT2, '√2'],
  [2 * Math.SQRT2, '2√2'],
  [2 ** 52, '2⁵²'],
  [2 ** 104, '2¹⁰⁴'],
])

/** As one would write it, or to 4 digits. */
const number = (x: number) => known.get(x) ?? String(Number(x.toPrecision(4)))

const classOf = (k: number) => (k < 0 ? 'jumps' : `C${k === Infinity ? '<sup>∞</sup>' : ['⁰', '¹', '²'][k]}`)

/** Whether a row that is far on the wrong side, however far, pulls with nothing at all: asked of the loss itself. */
function redescends(loss: Loss): boolean {
  if (loss.lipschitz === Infinity || !('gradient' in loss) || loss.domain) return false
  const { gradient, target } = loss as unknown as {
    gradient(eta: number | number[], y: number): number | Float64Array
    target?: string
  }
  if (target === 'vector') return false
  // Labels 0 and 1, or −1 and 1, or two classes.
  const pulls = target
    ? [gradient([-1e3, 1e3], 0), gradient([1e3, -1e3], 1)]
    : [gradient(-1e3, 1), gradient(1e3, loss.targets.holds(0 as never) ? 0 : -1)]
  return pulls.every((pull) => Math.hypot(...(typeof pull === 'number' ? [pull] : pull)) < 1e-9)
}

/** Whether K labels that are all wrong pull with √K, so that the bound is one for each K only. */
function growsAsRootK(loss: Loss): boolean {
  if (!('target' in loss && loss.target === 'vector' && loss.link === 'logit')) return false
  const { gradient } = loss as unknown as { gradient(eta: number[], y: number[]): Float64Array }
  return [1, 4, 9].every(
    (K) => Math.hypot(...gradient(new Array(K).fill(-1e3), new Array(K).fill(1))) === Math.sqrt(K),
  )
}

function outliers(loss: Loss): string {
  if (loss.differentiability < 0) return 'robust: counts as one mistake'
  if (redescends(loss)) return `redescending: pulls with ≤ ${number(loss.lipschitz)}, from afar not at all`
  if (growsAsRootK(loss)) return 'pulls with ≤ √K'
  return loss.lipschitz === Infinity ? '**no bound**' : `pulls with ≤ ${number(loss.lipschitz)}`
}

const calibration = ({ calibrated }: Loss) => (calibrated === null ? '' : calibrated ? 'yes' : '**no**')

const row = (cells: readonly string[]) =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

function lossRow(of: Description): string {
  const { loss } = of
  return row([
    `\`${of.call}\``,
    loss.targets.what.replace(/(?<!\w)-(?=\d)/g, '−').replaceAll('>=', '≥'),
    of.formula,
    of.gradient || 'none',
    of.curvature || 'none',
    of.factor,
    loss.convex ? 'yes' : '**no**',
    classOf(loss.differentiability),
    'smoothness' in loss ? number(loss.smoothness as number) : 'none',
    outliers(loss),
    calibration(loss),
    of.use,
  ])
}

const columns = [
  'loss',
  'target y',
  'ℓ',
  '∂ℓ/∂η',
  '∂²ℓ/∂η²',
  'constant factor',
  'convex',
  'class',
  'smoothness',
  'outliers',
  'calibrated',
  'use',
]

const group = (title: string) => row([`**${title}**`, ...columns.slice(1).map(() => '')])

/** The text of docs/losses.md. */
export function lossesPage(): string {
  return `# All losses of \`@logodds/core\`

<!-- Written by \`pnpm --filter @logodds/core docs\` from packages/core/scripts; a test compares. -->

Each loss is a function of the raw input η (logit, margin, linear predictor) and the target y. In the formulas

- with one input and a class for a target, p = σ(η) and q = 1 − p; m = yη is the margin of a label −1 or +1, and for labels 0 and 1,
  −η and η;
- with K inputs, p = softmax(η), e_y the unit vector of the class y, and J = diag(p) − ppᵀ;
- in regression, r = η − y is the residual.

Where a formula has a kink, the slope there is the one it states.

${row(columns)}
${row(columns.map(() => '---'))}
${group('One input, two classes')}
${binary.map(lossRow).join('\n')}
${group('K inputs: classes and labels')}
${classes.map(lossRow).join('\n')}
${group('Regression')}
${regression.map(lossRow).join('\n')}

What the columns say, at the parameters that the first one shows; all of it is read from the losses and tested:

- **constant factor**: what the loss is multiplied with, where conventions differ. Halve a \`poissonDeviance\` and it is a likelihood; double
  \`squared\` and its mean is the mean squared error.
- **convex** in η. A sum of convex losses of linear predictors has no minimum but the global one.
- **class**: C⁰ if the slope jumps, C¹ if the curvature does, C<sup>∞</sup> if nothing does. Newton's method wants C¹ and a curvature that is not
  0; where it is 0, take a loss that is smooth near the kink, or a solver that needs no curvature.
- **smoothness**: the largest curvature (eigenvalue of the Hessian), which bounds the step of gradient descent; ∞ if there is no bound
  or the slope jumps.
- **outliers**: how hard one row can pull, which is the largest |∂ℓ/∂η| (Euclidean with K inputs). A fit with a loss without a bound follows a single
  wrong row as far as it goes. A **redescending** loss forgets rows that are far off, at the price of convexity.
- **calibrated**: what minimises the expected loss is on the side of the likelier class.

Conjugates, and the value and derivatives at each kink, are in the docstrings.

## Functions of distributions

These take probabilities, which sum to 1, and not an η; with 0 log 0 = 0 and the natural logarithm.

${row(['function', 'formula', 'gradient', 'range', 'use'])}
${row(['---', '---', '---', '---', '---'])}
${distributions.map((of) => row([`\`${of.call}\``, of.formula, of.gradient, of.range, of.use])).join('\n')}
`
}
