// logodds split: one file into rows for training and rows for testing, each class in proportion.
import { join } from 'node:path'
import { isDataError, requireLabels, selectRows, stratifiedSplit, type Table, writeCsv } from '@logodds/data'
import type { Command } from 'commander'
import pc from 'picocolors'
import { jsonText } from '../json-text.ts'
import { neededOption, numberOption, seedOption } from '../option-values.ts'
import { checkOutput, checkOutputFolder, outputFile, writeTogether } from '../output-files.ts'
import { readTable } from '../read-table.ts'
import { splitDocument } from '../split-document.ts'
import { splitText } from '../split-text.ts'
import { userError } from '../user-error.ts'
import type { World } from '../world.ts'
import { writtenText } from '../written-text.ts'
import type { Finish } from './finish.ts'

interface SplitOptions {
  target?: string
  fraction?: string
  seed?: string
  out?: string
  json?: boolean
}

export function addSplit(program: Command, world: World, finish: Finish): void {
  program
    .command('split')
    .summary('split a CSV file into train.csv and test.csv')
    .description(
      'Splits the rows of a CSV file into train.csv and test.csv, with the same share of every class in both.',
    )
    .argument('<DATA>', 'CSV file with a header line')
    .option('--target <COLUMN>', 'column of class labels (needed)')
    .option('--fraction <NUMBER>', 'share of the rows for test.csv (default: 0.25)')
    .option('--seed <N>', 'the same seed gives the same split (default: 0)')
    .option('--out <DIR>', 'folder for the two files (needed)')
    .option('--json', 'print one JSON document')
    .action(async (data: string, options: SplitOptions) => finish(await split(world, data, options)))
}

async function split(world: World, data: string, options: SplitOptions): Promise<number> {
  const target = neededOption('--target COLUMN', options.target)
  const out = neededOption('--out DIR', options.out)
  const fraction = numberOption(
    '--fraction',
    options.fraction ?? '0.25',
    'a number between 0 and 1',
    (value) => value > 0 && value < 1,
  )
  const seed = seedOption(options.seed ?? '0')
  await checkOutputFolder('--out', world.cwd, out)
  const names = { train: join(out, 'train.csv'), test: join(out, 'test.csv') }
  for (const name of Object.values(names)) await checkOutput('--out', world.cwd, name, [data])

  const labels = requireLabels(await readTable(world, data), target)
  const rows = splitRows(data, target, labels, fraction, seed)
  // Read again as it stands, so that the two files hold the same text.
  const table = await readTable(world, data, { infer: false, missing: [] })
  const file = (name: string, indices: Int32Array) => outputFile(world.cwd, name, partText(table, indices))
  const files = [file(names.train, rows.train), file(names.test, rows.test)]
  const document = splitDocument(target, labels, rows, fraction, seed)
  await writeTogether(files)

  const ink = pc.createColors(world.colour.out)
  world.out(options.json ? jsonText(document) : splitText(document, data, ink) + writtenText(files))
  return 0
}

function splitRows(data: string, target: string, labels: string[], fraction: number, seed: number) {
  try {
    return stratifiedSplit(labels, { fraction, seed })
  } catch (error) {
    throw isDataError(error)
      ? userError(`${data}: column ${JSON.stringify(target)}: ${error.message}`)
      : error
  }
}

const partText = (table: Table, indices: Int32Array) => writeCsv(selectRows(table, indices))
