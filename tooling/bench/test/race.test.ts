// The fits on little data: all sides reach what they are timed for, peers where they are installed, and the page says so.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { fitSummary, fitTable } from '../fit-report.ts'
import type { FitProblem, FitTask, Side } from '../fit-task.ts'
import { labelledProblem, objectiveOf } from '../labelled-objective.ts'
import { labelledTasks } from '../labelled-tasks.ts'
import { race } from '../race.ts'
import { page } from '../report.ts'
import { rowsTask } from '../rows-task.ts'
import { installed } from '../runner-process.ts'
import { softmaxTask } from '../softmax.ts'
import { summaryTable } from '../summary.ts'
import { wideTasks } from '../wide.ts'

const root = mkdtempSync(path.join(tmpdir(), 'logodds-bench-test-'))
afterAll(() => rmSync(root, { recursive: true }))

// Ours, and each peer in one of the tasks.
const turns = [
  ['scikit-learn lbfgs', 'statsmodels', 'logodds, X copied in each fit'],
  ['scikit-learn newton-cholesky'],
  ['scikit-learn newton-cg', 'glmnet'],
  ['liblinear, primal'],
  ['liblinear, dual'],
  [],
  [],
]
const tasks = [...labelledTasks(200), ...wideTasks(50), softmaxTask(100), rowsTask(200, false)].map(
  (task, k) => ({
    ...task,
    rounds: 1,
    threads: k === 1 ? [1, 2] : [1],
    sides: task.sides.filter(({ name }, s) => s === 0 || !turns[k] || turns[k].includes(name)),
  }),
)

it.each(tasks)(
  '$id: $title',
  async (task) => {
    const folder = mkdtempSync(path.join(root, task.id))
    task.make(folder)
    const result = await race(task, folder)
    expect(result.sides.map((side) => side.installed)).toEqual(task.sides.map(installed))
    for (const { side, measured, settled } of result.sides)
      for (const [t, target] of task.targets.entries()) {
        const got = measured[0]![t]
        if (got) expect(got.suboptimality <= target && got.warm > 0, side.name).toBe(true)
        // BFGS of statsmodels cannot be told to go on; what a peer of some later version does is not for this test.
        else expect(side.ours && settled, side.name).toBe(false)
      }
    const text = page([{ summary: fitSummary(task, result), table: fitTable(task, result) }])
    for (const { side, installed } of result.sides)
      expect(text).toMatch(`| ${side.name} | ${installed ? '' : 'not installed'}`)
    expect(text).toMatch(`| ${task.id} at ${task.targets.at(-1)!.toExponential()} | 1 | `)
    expect(result.stream[0]).toBeGreaterThan(1e8)
    if (task.pass) expect(result.pass).toBeGreaterThan(1e7)
  },
  180_000,
)

describe('the objective', () => {
  const shape = { rows: 2, columns: 2, sparse: false, C: 2, intercept: true }
  const w = Float64Array.of(1, -1, 0.5)
  // η = 1·1 − 2·1 + 0.5 = −0.5 and 0.5, y = 1 and 0.
  const value = Math.log1p(Math.exp(0.5)) + 2 / (2 * 2) / 2

  it('is what its formula says, dense and sparse', () => {
    const y = Uint8Array.of(1, 0)
    expect(objectiveOf({ shape, y, values: Float64Array.of(1, 2, 0, 0) }, w)).toBeCloseTo(value, 15)
    const sparse = {
      shape: { ...shape, sparse: true },
      y,
      values: Float64Array.of(1, 2),
      indices: Int32Array.of(0, 1),
      indptr: Int32Array.of(0, 2, 2),
    }
    expect(objectiveOf(sparse, w)).toBe(objectiveOf({ shape, y, values: Float64Array.of(1, 2, 0, 0) }, w))
    expect(() => objectiveOf({ shape, y, values: new Float64Array(4) }, Float64Array.of(1, 2))).toThrow(
      'expected 3 coefficients, got 2',
    )
  })

  it('has a minimum below which no point is', () => {
    const task = labelledTasks(1000)[0]!
    const folder = mkdtempSync(path.join(root, 'minimum'))
    task.make(folder)
    const problem = labelledProblem(folder)
    expect(problem.value(new Float64Array(101))).toBeCloseTo(Math.LN2, 15)
    expect(problem.minimum).toBeGreaterThan(0)
    expect(problem.minimum).toBeLessThan(Math.LN2)
    expect(problem.bytes).toBe(8 * 100 * 100)
  })
})

describe('the summary', () => {
  const measured = (warm: number) => ({
    setting: 1,
    cold: 2 * warm,
    whole: null,
    warm,
    suboptimality: 1e-12,
    passes: 4,
  })
  const result = (name: string, ours: boolean, warm: number, byHand = false) => ({
    side: { name, ours, byHand, threaded: false, settings: [], command: [] },
    installed: true,
    settled: undefined,
    measured: [[undefined, measured(warm)]],
  })
  const sides = [
    result('own', true, 0.1),
    result('slow', false, 0.6),
    result('quick', false, 0.35),
    result('by hand', false, 0.01, true),
  ]
  const race = { sides, bytes: 8e7, stream: [1e10], pass: 7e9 }
  const task: FitTask = { ...labelledTasks()[0]!, threads: [1], required: [3], goals: [6] }

  it('compares with the best peer, and says what holds', () => {
    const [line, ...others] = fitSummary(task, race)
    expect(others).toEqual([])
    expect(summaryTable([line!])).toMatch(
      '| T1 at 1e-10 | 1 | quick | 0.350 | own | 0.100 | 3.5× | **3.5×** | 3× ✓ | 6× ✗ |',
    )
    expect(fitTable(task, race)).toMatch('| own | 0.200 (3.5×) |  | 0.100 (3.5×) | 1e-12 | 4 | 3.2 (32 %) |')
    expect(fitTable(task, race)).toMatch('reads 7.0 GB/s: 70 % of that.')
  })

  it('compares with the peer that is named, and then with the best', () => {
    const lines = fitSummary({ ...task, against: 'slow' }, race)
    expect(lines.map(({ peer }) => peer?.name)).toEqual(['slow', 'quick'])
    expect(fitTable({ ...task, against: 'slow' }, race)).toMatch('| own | 0.200 (6.0×) |')
  })

  it('of a task without peers has no multiples', () => {
    const [line] = fitSummary(task, { ...race, sides: sides.slice(0, 1) })
    expect(summaryTable([line!])).toMatch('| 1 | none there |  | own | 0.100 |  |  | 3× | 6× |')
  })
})

describe('a side', () => {
  // Answers each setting with the point (setting), where f is 1 + setting.
  const said = `for await (const line of require('node:readline').createInterface({ input: process.stdin })) {
    const file = process.argv[1] + '/point-' + process.pid
    require('node:fs').writeFileSync(file, Float64Array.of(Number(line)))
    console.log(JSON.stringify({ seconds: 0.001, coefficients: file, passes: 2 }))
  }`
  const side = (settings: number[], code = said): Side => ({
    name: 'one',
    ours: true,
    threaded: false,
    settings,
    command: [process.execPath, '-e', `(async () => { ${code} })()`],
  })
  const problem: FitProblem = { value: ([w]) => 1 + w!, minimum: 1, bytes: 1000 }
  const task: FitTask = {
    ...labelledTasks()[0]!,
    problem: () => problem,
    pass: undefined,
    rounds: 1,
    threads: [1],
    sides: [],
  }

  it('is timed at the loosest setting that reaches each target', async () => {
    const { sides } = await race({ ...task, sides: [side([1e-2, 1e-7, 1e-9, 1e-12, 1e-13])] }, root)
    expect(sides[0]!.measured[0]!.map((got) => got?.setting)).toEqual([1e-7, 1e-12])
    expect(sides[0]!.measured[0]![1]!.suboptimality).toBeCloseTo(1e-12, 15)
  })

  it('that does not get there has what it reached in the table', async () => {
    const result = await race({ ...task, sides: [side([1e-2, 3e-5])] }, root)
    expect(fitTable(task, result)).toMatch('| one | not reached: 3e-5 after 0.00100 s |')
  })

  it('that does not answer in time is given up', async () => {
    const silent = side([1], 'setInterval(() => {}, 1000)')
    const result = await race({ ...task, patience: 0.2, sides: [silent] }, root)
    expect(fitTable(task, result)).toMatch('| one | no answer in time |')
  })

  it('that takes long is run once for each number of threads', async () => {
    const slow = { ...side([1e-11], said.replace('0.001', '30')), threaded: true }
    const result = await race({ ...task, threads: [1, 2], targets: [1e-10], sides: [slow] }, root)
    const all = result.sides[0]!.measured.map(([got]) => got)
    expect(all.map((got) => got && [got.cold, got.warm])).toEqual([
      [30, 30],
      [30, 30],
    ])
    // Two processes, with one fit each: that of the settings, and that of two threads.
    expect(all[0]!.passes).toBeUndefined()
    expect(all[1]!.passes).toBe(2)
  })

  it('that is below the minimum is an error: the minimum was none', async () => {
    await expect(race({ ...task, sides: [side([-1e-6])] }, root)).rejects.toThrow(
      'is less than the minimum, 1',
    )
  })

  it('that writes no numbers has reached nothing', async () => {
    const result = await race({ ...task, sides: [side([Number.NaN])] }, root)
    expect(result.sides[0]!.measured[0]).toEqual([undefined, undefined])
  })
})
