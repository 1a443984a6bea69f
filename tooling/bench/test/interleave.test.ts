// The whole way on little data: our sides always, the peer where it is installed.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { interleave } from '../interleave.ts'
import { rankingTasks } from '../ranking.ts'
import { page, summary, table } from '../report.ts'
import { installed } from '../runner-process.ts'

const tasks = rankingTasks([2000]).map((task) => ({ ...task, rounds: 1 }))

it.each(tasks)('$title: all sides give the same answer, and the page says who was there', async (task) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'logodds-bench-test-'))
  try {
    task.make(folder)
    const times = await interleave(task, folder)
    expect(times.map(({ cold }) => cold !== null)).toEqual(task.runners.map(installed))
    const text = page([{ summary: [summary(task, times)], table: table(task, times) }])
    for (const { runner, cold } of times)
      expect(text).toMatch(
        cold === null ? `| ${runner.name} | not installed` : `| ${runner.name} | ${cold.toPrecision(3)} |`,
      )
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('answers that differ are an error', async () => {
  const [task] = tasks
  const say = (answer: number) => ({
    name: `${answer}`,
    command: [
      process.execPath,
      '-e',
      `process.stdin.on('data', () => console.log('{"seconds":1,"answer":${answer}}'))`,
    ],
  })
  await expect(interleave({ ...task!, runners: [say(1), say(1.001)] }, '.')).rejects.toThrow(
    'answers from 1 to 1.001',
  )
})
