// What `split` tells a person: how many rows of each class are where.
import type { Colors } from 'picocolors/types'
import { countText, numberText } from './number-text.ts'
import { paragraph } from './paragraph.ts'
import type { SplitDocument } from './split-document.ts'
import { tableText } from './table-text.ts'

// More classes than this are not listed one by one.
const MANY = 30

export function splitText(
  { target, fraction, seed, train, test, perClass }: SplitDocument,
  data: string,
  ink: Colors,
) {
  const shown = perClass.length <= MANY ? perClass : []
  const cells = (of: (entry: SplitDocument['perClass'][number]) => number, total: number) =>
    [...shown.map(of), total].map((count) => numberText(count, 9))
  return [
    paragraph(
      `${data}: ${countText(train + test, 'row')}, ${numberText(fraction)} of each class of ${target} for testing, seed ${seed}`,
      { paint: ink.bold },
    ),
    '\n',
    tableText(
      [
        { head: target, cells: [...shown.map((entry) => entry.class), 'all'] },
        { head: 'Train', cells: cells((entry) => entry.train, train), align: 'right' },
        { head: 'Test', cells: cells((entry) => entry.test, test), align: 'right' },
      ],
      ink,
    ),
  ].join('')
}
