// logodds demo: from a table to a judged model on real data, each step a command that could be typed.
import { join } from 'node:path'
import { breastCancer, type DataSet, type WritableColumn, writeCsv } from '@logodds/data'
import type { Command } from 'commander'
import pc from 'picocolors'
import { commandText } from '../command-text.ts'
import { checkOutputFolder, outputFile, writeTogether } from '../output-files.ts'
import { paragraph } from '../paragraph.ts'
import type { World } from '../world.ts'
import type { Finish } from './finish.ts'

/** The command line itself, in any world. */
export type Run = (argv: readonly string[], world: World) => Promise<number>

export function addDemo(program: Command, world: World, finish: Finish, run: Run): void {
  program
    .command('demo')
    .summary('a tour: the four commands above on real medical data')
    .description(
      'Splits, fits, judges and predicts the Wisconsin breast-cancer data that come along, and shows each command.',
    )
    .option('--out <DIR>', 'folder for the files', 'logodds-output')
    .action(async (options: { out: string }) => finish(await demo(world, options.out, run)))
}

interface Step {
  readonly why: string
  readonly argv: readonly string[]
  /** Where stdout goes, if not to the terminal. */
  readonly into?: string
}

async function demo(world: World, folder: string, run: Run): Promise<number> {
  await checkOutputFolder('--out', world.cwd, folder)
  const ink = pc.createColors(world.colour.out)
  const data = breastCancer()
  const file = (name: string) => join(folder, name)
  await writeTogether([
    outputFile(world.cwd, file('breast_cancer.csv'), writeCsv(columnsOf(data, 'diagnosis'))),
  ])
  world.out(
    paragraph('logodds: logistic regression, from a table to a judged model', { paint: ink.bold }) +
      paragraph(introduction(data, file('breast_cancer.csv'))),
  )
  for (const { why, argv, into } of steps(file, folder)) {
    world.out(`\n${paragraph(why)}\n${ink.cyan(commandText(['logodds', ...argv], into))}`)
    let text = ''
    const sink = into === undefined ? world : { ...world, out: (piece: string) => (text += piece), err() {} }
    if (into === undefined) world.out('\n')
    const exitCode = await run(argv, sink)
    if (exitCode !== 0) return exitCode
    if (into !== undefined) await writeTogether([outputFile(world.cwd, into, text)])
  }
  world.out(`\n${paragraph(ending(folder))}`)
  return 0
}

function steps(file: (name: string) => string, folder: string): Step[] {
  const [train, test, model] = ['train.csv', 'test.csv', 'model.json'].map(file)
  return [
    {
      why: '1. A quarter of the rows is kept apart to judge the model by; each class gives its share, and the seed makes the split repeatable.',
      argv: [
        'split',
        file('breast_cancer.csv'),
        '--target',
        'diagnosis',
        '--fraction',
        '0.25',
        '--seed',
        '1',
        '--out',
        folder,
      ],
    },
    {
      why: '2. The fit. With all 30 columns a plane separates the two classes completely, so that maximum-likelihood estimates do not exist: the likelihood grows without end as the coefficients do. So this is a ridge fit: a penalty on the squares of the coefficients keeps them finite.',
      argv: ['fit', train, '--target', 'diagnosis', '--penalty', 'l2', '--lambda', '0.01', '--out', model],
    },
    {
      why: '3. How good is it on the rows that it has not seen? The curves are drawn too.',
      argv: ['evaluate', model, test, '--plots', folder],
    },
    {
      why: 'The same as JSON, for scripts:',
      argv: ['evaluate', model, test, '--json'],
      into: file('evaluation.json'),
    },
    {
      why: '4. The probability of each class, row by row.',
      argv: ['predict', model, test, '--out', file('predictions.csv')],
    },
  ]
}

function introduction({ labels, classes, terms, source }: DataSet, name: string): string {
  const counts = classes.map((label) => `${labels.filter((one) => one === label).length} ${label}`)
  return `${labels.length} tumours, ${counts.join(' and ')}, with ${terms.length} measurements of the cell nuclei of each, are now in ${name}. Source: ${source}.`
}

function ending(folder: string): string {
  return `All files are in ${folder}: look at ${join(folder, 'roc.svg')} and ${join(folder, 'precision-recall.svg')} in a browser. In a clone of the repository, type \`npm run --silent logodds --\` where it says \`logodds\`; \`logodds --help\` lists the commands.`
}

function columnsOf({ matrix, terms, labels }: DataSet, target: string): WritableColumn[] {
  const { data, stride, offset } = matrix
  return [
    ...terms.map((name, j) => ({
      name,
      values: labels.map((_, i) => data[offset + i * stride[0] + j * stride[1]]),
    })),
    { name: target, values: labels },
  ]
}
