// What `predict --out` tells a person: how many rows went to which class.
import type { Colors } from 'picocolors/types'
import { countText, numberText, percentText } from './number-text.ts'
import { paragraph } from './paragraph.ts'
import type { Pipeline } from './pipeline.ts'
import { tableText } from './table-text.ts'

export function predictionsText(
  { target, model }: Pipeline,
  data: string,
  predicted: readonly string[],
  ink: Colors,
): string {
  const counts = model.classes.map((label) => predicted.filter((one) => one === label).length)
  return [
    paragraph(`Predicted ${target} for ${countText(predicted.length, 'row')} of ${data}`, {
      paint: ink.bold,
    }),
    '\n',
    tableText(
      [
        { head: 'Class', cells: model.classes },
        { head: 'Rows', cells: counts.map((count) => numberText(count, 9)), align: 'right' },
        {
          head: 'Share',
          cells: counts.map((count) => percentText(count / predicted.length)),
          align: 'right',
        },
      ],
      ink,
    ),
  ].join('')
}
