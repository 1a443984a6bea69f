// logodds predict: a model and a table to a class and its probabilities for each row.
import { type WritableColumn, writeCsv } from '@logodds/data'
import type { Command } from 'commander'
import pc from 'picocolors'
import { classScores } from '../class-scores.ts'
import { jsonText } from '../json-text.ts'
import { checkOutput, outputFile, writeTogether } from '../output-files.ts'
import { readPipeline } from '../pipeline.ts'
import { predictionsText } from '../predictions-text.ts'
import { readTable } from '../read-table.ts'
import { scoredRows } from '../scored-rows.ts'
import { warn } from '../warnings.ts'
import type { World } from '../world.ts'
import { writtenText } from '../written-text.ts'
import type { Finish } from './finish.ts'

interface PredictOptions {
  out?: string
  json?: boolean
}

export function addPredict(program: Command, world: World, finish: Finish): void {
  program
    .command('predict')
    .summary('predict classes and probabilities for the rows of a CSV file')
    .description(
      'Predicts each row of a CSV file: the columns `predicted` and `probability_<class>` for each class, as CSV on stdout or in a file.',
    )
    .argument('<MODEL.json>', 'what `logodds fit --out` wrote')
    .argument('<DATA>', 'CSV file with the columns of the model; others are ignored')
    .option('--out <FILE>', 'write the predictions to a CSV file')
    .option('--json', 'print one JSON document')
    .action(async (model: string, data: string, options: PredictOptions) =>
      finish(await predict(world, model, data, options)),
    )
}

async function predict(world: World, modelName: string, data: string, { out, json }: PredictOptions) {
  if (out !== undefined) await checkOutput('--out', world.cwd, out, [modelName, data])
  const pipeline = await readPipeline(world.cwd, modelName)
  const { probabilities, predicted, warnings } = scoredRows(pipeline, await readTable(world, data))
  const { classes } = pipeline.model
  const columns: WritableColumn[] = [
    { name: 'predicted', values: predicted },
    ...classes.map((label, k) => ({ name: `probability_${label}`, values: classScores(probabilities, k) })),
  ]
  const csv = writeCsv(columns)
  const files = out === undefined ? [] : [outputFile(world.cwd, out, csv)]
  await writeTogether(files)

  warn(world, warnings)
  if (json) world.out(jsonText(predictionsDocument(columns, classes, warnings)))
  else if (out === undefined) world.out(csv)
  else {
    const ink = pc.createColors(world.colour.out)
    world.out(predictionsText(pipeline, data, predicted, ink) + writtenText(files))
  }
  return 0
}

function predictionsDocument(
  columns: readonly WritableColumn[],
  classes: string[],
  warnings: readonly string[],
) {
  const n = columns[0].values.length
  return {
    format: 'logodds/predictions',
    version: 1,
    n,
    classes,
    predictions: Array.from({ length: n }, (_, i) =>
      Object.fromEntries(columns.map(({ name, values }) => [name, values[i]])),
    ),
    warnings,
  }
}
