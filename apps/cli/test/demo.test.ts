// The tour that `npm start` gives: what it says is true, and what it shows can be typed.
import { expect, test } from 'vitest'
import type { EvaluationDocument } from '../src/evaluation.ts'
import type { FitDocument } from '../src/fit-document.ts'
import { folderWith, longLines } from './in-process.ts'

test('fits, judges and explains, in 80 columns, and names what it wrote', async () => {
  const folder = folderWith()
  const { code, out, err } = await folder.logodds('demo')
  expect([code, err]).toEqual([0, ''])
  expect(longLines(out)).toEqual([])
  expect(out).not.toMatch(/NaN|undefined/)
  for (const said of [
    '569 tumours',
    'ridge fit',
    'mean_radius',
    'Converged',
    'duality gap',
    'ROC AUC',
    'All files are in logodds-output',
  ])
    expect(out.replaceAll('\n', ' ')).toContain(said)
  const files = [
    ...[
      'breast_cancer.csv',
      'evaluation.json',
      'model.json',
      'precision-recall.svg',
      'predictions.csv',
      'roc.svg',
    ],
    ...['test.csv', 'train.csv'],
  ]
  expect(folder.files()).toEqual(['logodds-output', ...files.map((name) => `logodds-output/${name}`)])
  const evaluation: EvaluationDocument = JSON.parse(folder.read('logodds-output/evaluation.json'))
  expect(evaluation.n).toBe(142)
  expect(evaluation.rocAuc).toBeGreaterThan(0.99)
  expect(folder.read('logodds-output/predictions.csv').trimEnd().split('\n')).toHaveLength(143)

  // The claim behind the ridge fit: without a penalty there is none.
  const free = await folder.json<FitDocument>(['fit', 'logodds-output/train.csv', '--target', 'diagnosis'], 1)
  expect(free.status).toBe('separated')
})

test('the commands that it shows do what it did', async () => {
  const [toured, typed] = [folderWith(), folderWith()]
  const { out } = await toured.logodds('demo')
  const commands = Array.from(out.matchAll(/^\$ logodds ((?:.*\\\n)*.*)$/gm), (match) =>
    match[1].replaceAll(/\\\n */g, '').split(' '),
  )
  expect(commands.map(([name]) => name)).toEqual(['split', 'fit', 'evaluate', 'evaluate', 'predict'])
  await typed.logodds('demo', '--out', 'elsewhere')
  typed.write('breast_cancer.csv', typed.read('elsewhere/breast_cancer.csv'))
  for (const words of commands) {
    const redirected = words.indexOf('>')
    const argv = (redirected < 0 ? words : words.slice(0, redirected)).map((word) =>
      word === 'logodds-output/breast_cancer.csv' ? 'breast_cancer.csv' : word,
    )
    const ran = await typed.logodds(...argv)
    expect(ran.code, ran.err).toBe(0)
    if (redirected >= 0) typed.write(words[redirected + 1], ran.out)
  }
  for (const name of toured
    .files()
    .filter((file) => /\.(csv|json|svg)$/.test(file) && !file.includes('breast')))
    expect(typed.read(name), name).toBe(toured.read(name))
})

test('--out names another folder, which may not be a file', async () => {
  const folder = folderWith()
  folder.write('taken', '')
  const { code, err } = await folder.logodds('demo', '--out', 'taken')
  expect(code).toBe(2)
  expect(err).toMatch(/^logodds demo: --out taken: .*is a file, not a folder\n$/)
})
