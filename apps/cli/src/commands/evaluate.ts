// logodds evaluate: a model against rows whose classes are known.
import { basename } from 'node:path'
import { requireLabels, type Table } from '@logodds/data'
import type { Command } from 'commander'
import pc from 'picocolors'
import { curveFiles } from '../curve-files.ts'
import { evaluationOf, type Judged } from '../evaluation.ts'
import { evaluationText } from '../evaluation-text.ts'
import { jsonText } from '../json-text.ts'
import { numberOption } from '../option-values.ts'
import { checkOutputFolder, writeTogether } from '../output-files.ts'
import { type Pipeline, readPipeline } from '../pipeline.ts'
import { readTable } from '../read-table.ts'
import { weightsOf } from '../row-numbers.ts'
import { scoredRows } from '../scored-rows.ts'
import { userError } from '../user-error.ts'
import { warn } from '../warnings.ts'
import type { World } from '../world.ts'
import { writtenText } from '../written-text.ts'
import type { Finish } from './finish.ts'

interface EvaluateOptions {
  threshold?: string
  plots?: string
  json?: boolean
}

export function addEvaluate(program: Command, world: World, finish: Finish): void {
  program
    .command('evaluate')
    .summary('judge a model on rows whose classes are known')
    .description(
      'Judges a model on the rows of a CSV file that has the target: accuracy, log loss, Brier score, calibration, areas, confusion matrix.',
    )
    .argument('<MODEL.json>', 'what `logodds fit --out` wrote')
    .argument('<DATA>', 'CSV file with the columns of the model and its target')
    .option('--threshold <NUMBER>', 'two classes: positive from this probability on (default: 0.5)')
    .option('--plots <DIR>', 'write roc.svg and precision-recall.svg')
    .option('--json', 'print one JSON document')
    .action(async (model: string, data: string, options: EvaluateOptions) =>
      finish(await evaluate(world, model, data, options)),
    )
}

async function evaluate(world: World, modelName: string, data: string, options: EvaluateOptions) {
  const wanted = thresholdOption(options.threshold)
  if (options.plots !== undefined) await checkOutputFolder('--plots', world.cwd, options.plots)
  const pipeline = await readPipeline(world.cwd, modelName)
  const { classes, family } = pipeline.model
  if (wanted !== undefined && family !== 'binary')
    throw userError(
      `--threshold is for two classes; ${modelName} has ${classes.length}, and the likeliest is predicted`,
    )

  const table = await readTable(world, data)
  const { judged, warnings } = judgedRows(pipeline, table, wanted)
  const document = evaluationOf(judged, warnings)
  const curves =
    options.plots === undefined
      ? { files: [], warnings: [] }
      : curveFiles(judged, document, basename(data), world.cwd, options.plots)
  document.warnings.push(...curves.warnings)
  const ink = pc.createColors(world.colour.out)
  const text = options.json
    ? jsonText(document)
    : evaluationText(document, { data, modelName, pipeline, weighted: judged.weights !== undefined }, ink)
  await writeTogether(curves.files)

  warn(world, document.warnings)
  world.out(options.json ? text : text + writtenText(curves.files))
  return 0
}

function judgedRows(pipeline: Pipeline, table: Table, threshold: number | undefined) {
  const { target, weights: weightColumn, model } = pipeline
  const { classes, positive, family } = model
  const truth = requireLabels(table, target, { known: classes })
  const scored = scoredRows(pipeline, table, threshold)
  const hasWeights = table.columns.some(({ name }) => name === weightColumn)
  const judged: Judged = {
    ...scored,
    truth,
    classes,
    positive,
    weights: hasWeights && weightColumn !== null ? weightsOf(table, weightColumn) : undefined,
    threshold: family === 'binary' ? (threshold ?? 0.5) : null,
  }
  const unweighted = weightColumn !== null && !hasWeights
  return {
    judged,
    warnings: unweighted
      ? [
          ...scored.warnings,
          `${table.name} has no column ${JSON.stringify(weightColumn)}, the weights of the fit: every row counts once`,
        ]
      : scored.warnings,
  }
}

const thresholdOption = (text: string | undefined) =>
  text === undefined
    ? undefined
    : numberOption('--threshold', text, 'a number from 0 to 1', (value) => value >= 0 && value <= 1)
