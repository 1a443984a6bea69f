// The page: what was measured, drawn and in a table for each problem, and what follows from it.
import { contestants } from './contestants.ts'
import { draw } from './draw.ts'
import { problems } from './problems.ts'
import { mostPasses, type Race, race } from './race.ts'

const levels = [1e-3, 1e-6, 1e-9]

/** The files of the page, by their names in docs/: the text and one drawing for each problem. The same in every run. */
export function page(): Map<string, string> {
  const files = new Map<string, string>()
  const sections = problems().map((problem) => {
    const races = contestants[problem.kind].map((contestant) => race(problem, contestant))
    const drawing = `solvers-${problem.name}.svg`
    files.set(drawing, draw(problem.title, races))
    return [
      `## ${problem.title}`,
      problem.description,
      `![${problem.title}: f − f* against passes](${drawing})`,
      table(races),
    ].join('\n\n')
  })
  files.set('solvers.md', [opening, ...sections, closing].join('\n\n'))
  return files
}

function table(races: readonly Race[]): string {
  const head = [
    '| solver | passes to f − f* ≤ 1e-3 | ≤ 1e-6 | ≤ 1e-9 | iterations to the last of these |',
    '|---|---:|---:|---:|---:|',
  ]
  const rows = races.map((run) => {
    const reached = levels.map((level) => run.reached(level))
    const passes = reached.map((there) => (there ? String(Math.round(there.passes)) : '—'))
    const last = reached.filter((there) => there).at(-1)
    return `| \`${run.contestant.label}\` | ${passes.join(' | ')} | ${last ? last.iterations : '—'} |`
  })
  return [...head, ...rows].join('\n')
}

const opening = `# Which solver?

This page is written by a program (\`npx pnpm@10 --filter @logodds/solver-page start\`), which runs every solver of \`@logodds/optim\` on five real
problems and counts passes over the data: what a fit costs where data are large, whatever the machine.

- **Smooth, up to a few hundred coefficients**: \`newton()\`. Some ten passes to full precision, and it does not mind how columns are scaled. Each of its
  passes makes the p × p Hessian too: about p/2 times the arithmetic of a gradient.
- **Smooth, more coefficients**: \`lbfgs()\`, which needs gradients alone. \`newtonCg()\` and \`trustRegion()\` where the oracle answers \`curvature\` and the problem is
  badly conditioned; \`bfgs()\` for small problems whose Hessian is not at hand.
- **With ℓ1 or another penalty that has kinks**: \`proximalNewton({ penalty })\` where the oracle answers \`model\` (or \`hessian\`: \`byHessian\`); for ℓ1 and
  elastic nets of many coefficients \`owlqn({ penalty })\`; for any penalty with a prox \`fista({ penalty })\`.
- **With bounds**: \`projectedGradient({ penalty: box(…) })\`, or \`proximalNewton\` as above.
- **A loss with kinks** (hinge): \`dualCoordinateDescent()\` where the oracle answers \`dual-model\`; else \`subgradient()\`, if a few digits will do.
- **So many rows that a few passes are all there is time for**: \`saga\`, where one gradient for each batch fits in memory: it goes on to any precision. Else
  \`adagrad\`, or \`sgd\` with averaging: the first two or three digits, and hardly more after them.
- **To learn and to show**: \`gradientDescent()\`, \`momentum()\`, \`nesterov()\`. Barzilai and Borwein's steps are surprisingly good.

How to read it: f − f* is the distance of the objective from its minimum; a dash means that ${mostPasses} passes did not suffice. L bounds the curvature of f,
L₁ that of one row. Solvers by rows take one row at a time in \`sgd\`, \`saga\` and \`svrg\`, eight in the others; m of n rows are m/n of a pass, and the
measurements that are drawn are not counted. All start from 0. Steps of stochastic solvers were chosen by hand, once for all smooth problems.`

const closing = `## What it does not say

Times: a pass that makes a Hessian costs more than one that makes a gradient, and a row alone more than its share of a pass. On problems of this size
all is over in milliseconds with \`newton()\`. The stochastic solvers come into their own where n is in the millions: there a pass is
long, and a few of them bring the digits that the noise in the data allows.
`
