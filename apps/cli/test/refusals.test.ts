// Wrong command lines and broken files: exit code 2, one line on stderr that says what and where, and nothing written.
import { describe, expect, test } from 'vitest'
import { folderWith, refusal } from './in-process.ts'

const fit = (...argv: string[]) => ['fit', 'spector.csv', '--target', 'GRADE', ...argv]
const flowers = (...argv: string[]) => ['fit', 'iris.csv', '--target', 'species', ...argv]
const broken = (...argv: string[]) => ['fit', 'broken.csv', '--target', 'y', ...argv]

describe('command lines', () => {
  const wrong: [string[], RegExp][] = [
    [[], /^logodds: expected a command: .*fit.*--help/],
    [['frobnicate'], /unknown command 'frobnicate'/],
    [['fit'], /logodds fit: missing required argument 'DATA'; see logodds fit --help/],
    [['fit', 'spector.csv'], /--target/],
    [['fit', 'spector.csv', '--targte', 'GRADE'], /'--targte' \(Did you mean --target\?\)/],
    [fit('surplus'), /too many arguments/],
    [fit('--lambda'), /--lambda <NUMBER>' argument missing/],
    [
      fit('--penalty', 'l3', '--lambda', '1'),
      /--penalty: expected one of none, l1, l2, elastic-net, got "l3"/,
    ],
    [fit('--penalty', 'firth'), /--penalty firth is not built yet/],
    [fit('--penalty', 'l2', '--lambda', 'cv'), /--lambda cv is not built yet/],
    [fit('--penalty', 'l2'), /--penalty l2 needs --lambda/],
    [fit('--penalty', 'l1'), /--penalty l1 needs --lambda/],
    [fit('--penalty', 'elastic-net'), /--penalty elastic-net needs --lambda/],
    [fit('--lambda', '0.1'), /--lambda needs a penalty/],
    [fit('--penalty', 'none', '--lambda', '0.1'), /--lambda needs a penalty/],
    [fit('--penalty', 'l2', '--lambda', '-1'), /--lambda: expected a number >= 0, got "-1"/],
    [fit('--penalty', 'l2', '--lambda', 'NaN'), /--lambda: expected a number/],
    [fit('--penalty', 'l2', '--lambda', '0x10'), /--lambda: expected a number/],
    [fit('--penalty', 'l2', '--lambda', '1', '--alpha', '0.5'), /--alpha is for --penalty elastic-net/],
    [
      fit('--penalty', 'elastic-net', '--lambda', '1', '--alpha', '1.5'),
      /--alpha: expected a number from 0 to 1/,
    ],
    [fit('--solver', 'magic'), /--solver: expected one of newton, lbfgs, gradient-descent, fista/],
    [fit('--solver', 'fista'), /--solver fista needs a penalty/],
    [
      fit('--solver', 'newton', '--penalty', 'l1', '--lambda', '1'),
      /--solver newton cannot fit --penalty l1/,
    ],
    [fit('--solver', 'lbfgs', '--penalty', 'elastic-net', '--lambda', '1'), /use --solver fista/],
    [fit('--step', '1/L'), /--step is for --solver gradient-descent/],
    [
      fit('--solver', 'newton', '--step', '0.1'),
      /--step is for --solver gradient-descent, got --solver newton/,
    ],
    [fit('--solver', 'gradient-descent', '--step', 'lipschitz-lr'), /--step lipschitz-lr is not built yet/],
    [fit('--solver', 'gradient-descent', '--step', '0'), /--step: expected 1\/L or a number > 0/],
    [fit('--tolerance', '0'), /--tolerance: expected a number > 0/],
    [fit('--max-iterations', '1.5'), /--max-iterations: expected an integer >= 0/],
    [fit('--seed', '-1'), /--seed: expected an integer from 0 to 4294967295/],
    [fit('--missing', 'ignore'), /--missing: expected one of error, drop/],
    [fit('--multiclass', 'ordinal'), /--multiclass: expected one of softmax, one-vs-rest/],
    [
      fit('--positive', 'yes'),
      /--positive yes: no such class in column "GRADE" of spector.csv; there are "0", "1"/,
    ],
    [fit('--reference', '0'), /--reference is for three classes or more.*--positive/],
    [flowers('--positive', 'setosa'), /--positive is for two classes/],
    [flowers('--reference', 'rosa'), /--reference rosa: no such class/],
    [
      flowers('--reference', 'setosa', '--multiclass', 'one-vs-rest'),
      /--reference is for --multiclass softmax/,
    ],
    [flowers('--features', 'sepal_length', '--offset', 'sepal_width'), /--offset is for two classes/],
    [fit('--class-weights', 'equal'), /--class-weights: expected balanced, or JSON/],
    [fit('--class-weights', '[1, 2]'), /--class-weights: expected balanced, or JSON/],
    [fit('--class-weights', '{"1": 0}'), /--class-weights: .* got 0 for "1"/],
    [fit('--class-weights', '{"2": 1}'), /--class-weights 2: no such class/],
    [fit('--features', 'GPA,,PSI'), /--features: expected names of columns/],
    [fit('--features', 'GPA,GPA'), /--features: column "GPA" is named twice/],
    [fit('--features', 'GPA,GRADE'), /column "GRADE" is named by both --target and --features/],
    [fit('--weights', 'GRADE'), /column "GRADE" is named by both --target and --weights/],
    [fit('--out', 'spector.csv'), /--out spector.csv: would overwrite spector.csv/],
    [fit('--out', '.'), /--out .: expected the name of a file, this is a folder/],
    [fit('--out', 'spector.csv/model.json'), /is a file, not a folder/],
    [fit('--plots', 'spector.csv'), /--plots spector.csv: .*is a file, not a folder/],
    [['split', 'spector.csv', '--target', 'GRADE'], /--out/],
    [['split', 'spector.csv', '--out', 'parts'], /--target/],
    [
      ['split', 'spector.csv', '--target', 'GRADE', '--out', 'parts', '--fraction', '1'],
      /--fraction: expected/,
    ],
    [['split', 'spector.csv', '--target', 'GRADE', '--out', 'parts', '--seed', 'x'], /--seed: expected/],
    [['predict', 'model.json'], /missing required argument 'DATA'/],
    [['compare', 'small.json', 'large.json', '--json'], /logodds compare: not built yet/],
    [['diagnose', 'model.json', 'spector.csv', '--json'], /logodds diagnose: not built yet/],
  ]
  test.each(wrong)('%j', async (argv, message) => {
    const folder = folderWith('spector.csv', 'iris.csv')
    const before = folder.files()
    expect(refusal(await folder.logodds(...argv))).toMatch(message)
    expect(refusal(await folder.logodds(...argv, ...(argv.length > 0 ? ['--json'] : [])))).not.toBe('')
    expect(folder.files()).toEqual(before)
  })
})

describe('files', () => {
  const wrong: [string, string, string[], RegExp][] = [
    ['an empty file', '', broken(), /broken.csv: empty file/],
    ['a header and no rows', 'a,y\n', broken(), /broken.csv: no data/],
    [
      'an unclosed quote',
      'a,b,y\n1,2,n\n2,"3,y\n3,4,n\n',
      broken(),
      /broken.csv: row 2 \(line 3\), column "b": unclosed quote/,
    ],
    ['a ragged row', 'a,y\n1,n\n2\n', broken(), /broken.csv: row 2 \(line 3\): expected 2 fields, got 1/],
    ['no such target', 'a,z\n1,n\n2,y\n', broken(), /broken.csv: no column "y"; there are "a", "z"/],
    ['no such feature', 'a,y\n1,n\n2,y\n', broken('--features', 'a,b'), /no column "b"/],
    ['no such category', 'a,y\n1,n\n2,y\n', broken('--categorical', 'b'), /no column "b"/],
    ['nothing to fit', 'y\nn\ny\n', broken(), /no column is left for the model/],
    [
      'text in a numeric column',
      'a,y\n1,n\n2,y\nx3,n\n4,y\n',
      broken(),
      /broken.csv: row 3 \(line 4\), column "a": expected a number, got "x3"/,
    ],
    [
      'text in the weights',
      'a,w,y\n1,1,n\n2,one,y\n3,1,n\n',
      broken('--weights', 'w'),
      /row 2 \(line 3\), column "w": expected a number, got "one"/,
    ],
    [
      'a negative weight',
      'a,w,y\n1,1,n\n2,-1,y\n3,1,n\n',
      broken('--weights', 'w'),
      /row 2 \(line 3\), column "w": expected a weight >= 0, got -1/,
    ],
    [
      'no weight at all',
      'a,w,y\n1,0,n\n2,0,y\n',
      broken('--weights', 'w'),
      /column "w": expected a weight > 0/,
    ],
    [
      'no weight on a class',
      'a,w,y\n1,0,n\n2,1,y\n3,1,y\n',
      broken('--weights', 'w'),
      /column "w": class "n" has no weight/,
    ],
    [
      'text in the offset',
      'a,o,y\n1,1,n\n2,b,y\n3,1,n\n',
      broken('--offset', 'o'),
      /row 2 \(line 3\), column "o": expected a number/,
    ],
    [
      'one class',
      'a,y\n1,n\n2,n\n',
      broken(),
      /broken.csv: column "y": expected at least two classes in the target, got one \("n"\)/,
    ],
    [
      'a measurement as target',
      `a,y\n${Array.from({ length: 60 }, (_, i) => `${i % 7},${i / 8}`).join('\n')}\n`,
      broken(),
      /column "y": 60 different values in 60 rows are no classes/,
    ],
    [
      'a missing value',
      'a,b,y\n1,2,n\n,3,y\n3,NA,n\n',
      broken(),
      /2 rows have missing values: row 2 \(line 3\) in "a"; row 3 \(line 4\) in "b"; --missing drop/,
    ],
    ['a missing label', 'a,y\n1,n\n2,\n3,y\n', broken(), /row 2 \(line 3\) in "y"/],
    [
      'nothing but missing values',
      'a,b,y\n1,,n\n2,,y\n',
      broken('--missing', 'drop'),
      /no row is without missing values; .*"b"/,
    ],
    [
      'numbers whose squares are not finite',
      'a,y\n1e200,n\n-1e200,y\n3,n\n',
      broken(),
      /^logodds fit: broken.csv: expected .*\(a\)/,
    ],
    ['two columns of one name', 'a,a,y\n1,2,n\n2,3,y\n', broken(), /two columns are named "a"/],
    [
      'a single row of a class',
      'a,y\n1,n\n2,n\n3,y\n',
      ['split', 'broken.csv', '--target', 'y', '--out', 'parts'],
      /broken.csv: column "y": class "y" has only 1 row/,
    ],
    [
      'a missing label to split by',
      'a,y\n1,n\n2,NA\n3,y\n',
      ['split', 'broken.csv', '--target', 'y', '--out', 'parts'],
      /row 2 \(line 3\), column "y": missing label/,
    ],
  ]
  test.each(wrong)('%s', async (_, text, argv, message) => {
    const folder = folderWith()
    folder.write('broken.csv', text)
    const outputs = argv[0] === 'fit' ? ['--out', 'out/model.json', '--plots', 'plots'] : []
    expect(refusal(await folder.logodds(...argv, ...outputs))).toMatch(message)
    expect(folder.files()).toEqual(['broken.csv'])
  })

  test('a file that is not there, and a folder', async () => {
    const folder = folderWith()
    expect(refusal(await folder.logodds('fit', 'none.csv', '--target', 'y'))).toBe(
      'logodds fit: none.csv: no such file',
    )
    expect(refusal(await folder.logodds('fit', '.', '--target', 'y'))).toMatch(/a folder/)
    expect(folder.files()).toEqual([])
  })
})
