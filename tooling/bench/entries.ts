// All tasks, in the order of the page.
import { fitSummary, fitTable } from './fit-report.ts'
import { interleave } from './interleave.ts'
import { labelledTasks } from './labelled-tasks.ts'
import { race } from './race.ts'
import { rankingTasks } from './ranking.ts'
import { summary, table } from './report.ts'
import { rowsTask } from './rows-task.ts'
import { softmaxTask } from './softmax.ts'
import type { Summary } from './summary.ts'
import { nameOf } from './task.ts'
import { wideTasks } from './wide.ts'

/** T1, T2, …, JS. */
const order = ({ id }: { readonly id: string }): string => nameOf({ id }).replace('JS', 'Z')

/** What the page has about a task. */
export interface Section {
  readonly summary: readonly Summary[]
  readonly table: string
}

/** A task, and what it takes to have a part of the page about it. */
export interface Entry {
  /** 'T8', and which part of it. */
  readonly id: string
  readonly title: string
  readonly data: string
  make(folder: string): void
  run(folder: string): Promise<Section>
}

export const entries: readonly Entry[] = [
  ...[...labelledTasks(), ...wideTasks(), softmaxTask(), rowsTask()].map((task) => ({
    ...task,
    async run(folder: string) {
      const result = await race(task, folder)
      return { summary: fitSummary(task, result), table: fitTable(task, result) }
    },
  })),
  ...rankingTasks([1e6, 1e7]).map((task) => ({
    ...task,
    async run(folder: string) {
      const times = await interleave(task, folder)
      return { summary: [summary(task, times)], table: table(task, times) }
    },
  })),
].sort((a, b) => order(a).localeCompare(order(b)))
