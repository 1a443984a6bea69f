// logodds fit: a table to a model.
import { basename } from 'node:path'
import type { Command } from 'commander'
import pc from 'picocolors'
import { certaintyWarnings } from '../certainty-warning.ts'
import { curveFiles } from '../curve-files.ts'
import { evaluationOf } from '../evaluation.ts'
import { fitDocument } from '../fit-document.ts'
import { type FitOptionTexts, fitRequest } from '../fit-request.ts'
import { type Fitted, fitRows } from '../fit-rows.ts'
import { fitText } from '../fit-text.ts'
import { jsonText } from '../json-text.ts'
import {
  checkOutput,
  checkOutputFolder,
  type OutputFile,
  outputFile,
  writeTogether,
} from '../output-files.ts'
import { type Pipeline, pipelineOf, pipelineText } from '../pipeline.ts'
import { readTable } from '../read-table.ts'
import { scoredRows } from '../scored-rows.ts'
import { type TrainingRows, trainingRows } from '../training-rows.ts'
import { warn } from '../warnings.ts'
import type { World } from '../world.ts'
import { writtenText } from '../written-text.ts'
import type { Finish } from './finish.ts'

interface FitOptions extends FitOptionTexts {
  out?: string
  plots?: string
  json?: boolean
}

export function addFit(program: Command, world: World, finish: Finish): void {
  program
    .command('fit')
    .summary('fit a model to a CSV file')
    .description('Fits a logistic regression to the rows of a CSV file: binary, softmax or one-vs-rest.')
    .argument('<DATA>', 'CSV file with a header line')
    .option('--target <COLUMN>', 'column of class labels (needed)')
    .option('--features <a,b,c>', 'columns to fit (default: every other column)')
    .option('--categorical <a,b>', 'numeric columns to treat as categories; text columns always are')
    .option('--weights <COLUMN>', 'sample weights (counts)')
    .option('--offset <COLUMN>', 'number added to the log-odds of each row')
    .option('--penalty <KIND>', 'none, l1, l2 or elastic-net (default: none)')
    .option('--lambda <NUMBER>', 'strength of the penalty on the mean loss')
    .option('--alpha <NUMBER>', 'share of l1 in elastic-net, 0 to 1 (default: 0.5)')
    .option('--standardize', 'penalise columns at standard deviation 1 (default)')
    .option('--no-standardize', 'penalise columns as they are')
    .option('--class-weights <JSON>', `balanced, or a weight by class: '{"yes": 3}'`)
    .option('--positive <LABEL>', 'two classes: the modelled one (default: last sorted)')
    .option('--multiclass <KIND>', 'softmax or one-vs-rest (default: softmax)')
    .option('--reference <LABEL>', 'softmax: report differences to this class')
    .option('--solver <NAME>', 'newton, lbfgs, gradient-descent or fista')
    .option('--step <STEP>', 'gradient-descent: 1/L or a number (default: a search)')
    .option('--tolerance <NUMBER>', 'largest gradient that counts as converged (default: 1e-8)')
    .option('--max-iterations <N>', 'where the solver gives up')
    .option('--seed <N>', 'for what is random; nothing is yet')
    .option('--missing <POLICY>', 'error, or drop the rows that lack a value (default: error)')
    .option('--out <MODEL.json>', 'write the model')
    .option('--plots <DIR>', 'write ROC and precision-recall curves of these rows')
    .option('--json', 'print one JSON document')
    .action(async (data: string, options: FitOptions) => finish(await fit(world, data, options)))
}

async function fit(world: World, data: string, options: FitOptions): Promise<number> {
  const request = fitRequest(options)
  if (options.out !== undefined) await checkOutput('--out', world.cwd, options.out, [data])
  if (options.plots !== undefined) await checkOutputFolder('--plots', world.cwd, options.plots)

  const rows = trainingRows(await readTable(world, data), request)
  const start = performance.now()
  const fitted = fitRows(rows, request)
  const seconds = (performance.now() - start) / 1000

  const pipeline = pipelineFrom(rows, fitted)
  const curves =
    options.plots === undefined ? noCurves : trainingCurves(rows, pipeline, world.cwd, options.plots)
  const warnings = [...request.warnings, ...curves.warnings, ...certaintyWarnings(rows, fitted)]
  // The report for people says it among the counts.
  if (options.json && rows.dropped > 0) warnings.push(`${rows.dropped} rows left out: a value is missing`)
  const document = fitDocument(fitted, warnings, seconds)
  const files: OutputFile[] = [...curves.files]
  if (options.out !== undefined) files.push(outputFile(world.cwd, options.out, pipelineText(pipeline)))
  const ink = pc.createColors(world.colour.out)
  const text = options.json ? jsonText(document) : fitText(document, rows, request, ink)
  await writeTogether(files)

  warn(world, document.warnings)
  world.out(options.json ? text : text + writtenText(files))
  return document.status === 'converged' ? 0 : 1
}

function pipelineFrom({ columns, roles }: TrainingRows, { model }: Fitted): Pipeline {
  const { target, weights, offset } = roles
  return pipelineOf({ columns, target, weights, offset, model })
}

const noCurves = { files: [], warnings: [] }

function trainingCurves(
  { table, labels, weights }: TrainingRows,
  pipeline: Pipeline,
  cwd: string,
  folder: string,
) {
  const { classes, positive } = pipeline.model
  const judged = {
    ...scoredRows(pipeline, table),
    truth: labels,
    classes,
    positive,
    weights,
    threshold: null,
  }
  const title = `training rows of ${basename(table.name)}`
  return curveFiles(judged, evaluationOf(judged, []), title, cwd, folder)
}
