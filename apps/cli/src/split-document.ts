// The document that `split --json` prints.
import { sortLevels } from '@logodds/data'

export interface SplitDocument {
  format: 'logodds/split'
  version: 1
  target: string
  fraction: number
  seed: number
  train: number
  test: number
  perClass: { class: string; train: number; test: number }[]
}

export function splitDocument(
  target: string,
  labels: readonly string[],
  { train, test }: { train: Int32Array; test: Int32Array },
  fraction: number,
  seed: number,
): SplitDocument {
  const count = (rows: Int32Array, label: string) => rows.filter((i) => labels[i] === label).length
  return {
    format: 'logodds/split',
    version: 1,
    target,
    fraction,
    seed,
    train: train.length,
    test: test.length,
    perClass: sortLevels(new Set(labels)).map((label) => ({
      class: label,
      train: count(train, label),
      test: count(test, label),
    })),
  }
}
