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
import { installed } from '../runner-process.ts'

const root = mkdtempSync(path.join(tmpdir(), 'logodds-bench-test-'))
afterAll(() => rmSync(root, { recursive: true }))

// One has all sides; of the others ours, and one peer.
const tasks = labelledTasks(200).map((task, k) => ({
  ...task,
  rounds: 1,
  threads: k === 1 ? [1, 2] : [1],
  sides: k ? [task.sides[0]!, task.sides.find(({ ours }) => !ours)!] : task.sides,
}))

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
    expect(text).toMatch(`| ${task.id} at 1e-10 | 1 | `)
    expect(result.stream[0]).toBeGreaterThan(1e8)
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
