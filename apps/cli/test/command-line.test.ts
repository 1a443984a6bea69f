// The frame of the command line: help, version, colour, lines of at most 80 columns.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { folderWith, logoddsIn, longLines } from './in-process.ts'

const commands = ['fit', 'split', 'predict', 'evaluate', 'compare', 'diagnose', 'demo']

test('--help lists the commands on stdout', async () => {
  for (const argv of [['--help'], ['-h'], ['help']]) {
    const { code, out, err } = await logoddsIn('.', argv)
    expect([code, err]).toEqual([0, ''])
    for (const command of commands) expect(out).toMatch(new RegExp(`^  ${command} `, 'm'))
    expect(longLines(out)).toEqual([])
  }
})

test('fit --help lists every option of the contract', async () => {
  const { code, out } = await logoddsIn('.', ['fit', '--help'])
  expect(code).toBe(0)
  const options = [
    ...[
      'target',
      'features',
      'categorical',
      'weights',
      'offset',
      'penalty',
      'lambda',
      'alpha',
      'standardize',
    ],
    ...[
      'no-standardize',
      'class-weights',
      'positive',
      'multiclass',
      'reference',
      'solver',
      'step',
      'tolerance',
    ],
    ...['max-iterations', 'seed', 'missing', 'out', 'plots', 'json'],
  ]
  for (const option of options) expect(out).toMatch(new RegExp(`^ +--${option}\\b`, 'm'))
  expect(longLines(out)).toEqual([])
})

test('each command has a help of its own', async () => {
  for (const command of commands) {
    const { code, out } = await logoddsIn('.', [command, '--help'])
    expect(code).toBe(0)
    expect(out).toContain(`logodds ${command}`)
    expect(longLines(out)).toEqual([])
  }
})

test('--version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  expect(await logoddsIn('.', ['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' })
})

test('colour is a matter of the terminal: without it the same text', async () => {
  const folder = folderWith('spector.csv')
  const argv = ['fit', 'spector.csv', '--target', 'GRADE', '--seed', '1']
  const plain = await logoddsIn(folder.path, argv)
  const coloured = await logoddsIn(folder.path, argv, true)
  // biome needs no control character in a pattern: ESC is written out.
  const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g')
  expect(plain.out + plain.err).not.toMatch(escapes)
  expect(coloured.out).toMatch(escapes)
  expect(coloured.err).toMatch(escapes)
  expect(coloured.out.replace(escapes, '')).toBe(plain.out)
  expect(coloured.err.replace(escapes, '')).toBe(plain.err)
})

test('reports fit into 80 columns and hold no NaN', async () => {
  const folder = folderWith('spector.csv', 'alligators.csv', 'birthwt.csv', 'iris.csv')
  folder.write(
    'long.csv',
    `${'a_column_with_a_name_that_goes_on_and_on_until_it_no_longer_fits_into_any_terminal_at_all'},kind,y\n${Array.from(
      { length: 30 },
      (_, i) =>
        `${Math.sin(i)},${['one kind of thing which is described at length', 'another'][i % 2]},${['yes', 'no', 'yes'][i % 3]} or whatever it is called in this place`,
    ).join('\n')}\n`,
  )
  const runs = [
    ['fit', 'spector.csv', '--target', 'GRADE', '--out', 'spector.json'],
    ['fit', 'birthwt.csv', '--target', 'low', '--categorical', 'race', '--offset', 'age'],
    [
      'fit',
      'alligators.csv',
      '--target',
      'foodchoice',
      '--weights',
      'freq',
      '--reference',
      'Bird',
      '--out',
      'food.json',
    ],
    [
      'fit',
      'iris.csv',
      '--target',
      'species',
      '--penalty',
      'l1',
      '--lambda',
      '0.02',
      '--out',
      'iris.json',
      '--plots',
      'p',
    ],
    ['fit', 'iris.csv', '--target', 'species', '--multiclass', 'one-vs-rest'],
    ['fit', 'long.csv', '--target', 'y', '--out', 'long.json'],
    ['evaluate', 'spector.json', 'spector.csv', '--threshold', '0.25', '--plots', 'p'],
    ['evaluate', 'food.json', 'alligators.csv'],
    ['evaluate', 'iris.json', 'iris.csv'],
    ['evaluate', 'long.json', 'long.csv'],
    ['predict', 'iris.json', 'iris.csv', '--out', 'predicted.csv'],
    ['predict', 'long.json', 'long.csv', '--out', 'predicted.csv'],
    ['split', 'long.csv', '--target', 'y', '--out', 'parts'],
  ]
  for (const argv of runs) {
    const { code, out, err } = await folder.logodds(...argv)
    expect(code, `${argv.join(' ')}: ${err}`).toBeLessThan(2)
    expect(longLines(out), argv.join(' ')).toEqual([])
    expect(longLines(err), argv.join(' ')).toEqual([])
    expect(out + err).not.toMatch(/NaN|undefined|Infinity|null/)
  }
})
