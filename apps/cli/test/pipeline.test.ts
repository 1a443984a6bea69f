// The model's file: versioned JSON, refused by name if it is anything else.
import { expect, test } from 'vitest'
import { folderWith, refusal } from './in-process.ts'

test('holds the coding, the target and the model, and nothing else', async () => {
  const folder = folderWith('birthwt.csv')
  await folder.json([
    ...[
      'fit',
      'birthwt.csv',
      '--target',
      'low',
      '--features',
      'age,race',
      '--categorical',
      'race',
      '--out',
      'm.json',
    ],
  ])
  const pipeline = JSON.parse(folder.read('m.json'))
  expect(Object.keys(pipeline)).toEqual([
    'format',
    'version',
    'columns',
    'target',
    'weights',
    'offset',
    'model',
  ])
  expect(pipeline).toMatchObject({
    format: 'logodds/pipeline',
    version: 1,
    columns: [{ name: 'age' }, { name: 'race', levels: ['1', '2', '3'], base: '1' }],
    target: 'low',
    weights: null,
    offset: null,
    model: {
      format: 'logodds/model',
      version: 1,
      terms: ['age', 'race=2', 'race=3'],
      classes: ['0', '1'],
      positive: '1',
    },
  })
})

test('the same command writes the same file', async () => {
  const folder = folderWith('spector.csv')
  for (const name of ['a.json', 'b.json'])
    await folder.json(['fit', 'spector.csv', '--target', 'GRADE', '--out', name])
  expect(folder.read('a.json')).toBe(folder.read('b.json'))
})

test('another format, another version, a broken file are refused by name', async () => {
  const folder = folderWith('spector.csv')
  await folder.json(['fit', 'spector.csv', '--target', 'GRADE', '--out', 'm.json'])
  const good = JSON.parse(folder.read('m.json'))
  const wrong: [unknown, RegExp][] = [
    [
      { ...good, version: 2 },
      /bad.json: expected the format logodds\/pipeline version 1, .* got "logodds\/pipeline" version 2/,
    ],
    [{ ...good, format: 'other/model' }, /got "other\/model" version 1/],
    [good.model, /got "logodds\/model" version 1/],
    [{ anything: 1 }, /got a document without a format/],
    [[1, 2], /got a document without a format/],
    [null, /got a document without a format/],
    [
      { ...good, model: { ...good.model, version: 7 } },
      /bad.json: model: expected .*logodds\/model version 7/,
    ],
    [{ ...good, model: { ...good.model, coefficients: [[1]] } }, /bad.json: model: /],
    [
      { ...good, columns: [{ name: 'GPA' }] },
      /bad.json: expected the terms of the model to be those of its columns/,
    ],
    [
      { ...good, columns: [{ name: 'GPA', levels: ['a', 'b'], base: 'c' }] },
      /expected the base of "GPA" to be one of its levels/,
    ],
    [{ ...good, columns: 'GPA' }, /bad.json: columns: /],
    [{ ...good, target: 3 }, /bad.json: target: /],
    [{ ...good, offset: 'GPA' }, /bad.json: offset: expected null/],
    [
      { ...good, model: { ...good.model, offset: true } },
      /bad.json: offset: expected the column of the offset, got null/,
    ],
    [
      { ...good, model: { ...good.model, classes: [0, 1], positive: 1 } },
      /bad.json: model.classes: expected strings/,
    ],
  ]
  for (const [value, message] of wrong) {
    folder.write('bad.json', JSON.stringify(value))
    for (const command of ['predict', 'evaluate'])
      expect(refusal(await folder.logodds(command, 'bad.json', 'spector.csv'))).toMatch(message)
  }
  folder.write('bad.json', '{ "format": ')
  expect(refusal(await folder.logodds('predict', 'bad.json', 'spector.csv'))).toMatch(/bad.json: not JSON/)
  expect(refusal(await folder.logodds('predict', 'none.json', 'spector.csv'))).toMatch(
    /none.json: no such file/,
  )
  expect(refusal(await folder.logodds('predict', '.', 'spector.csv'))).toMatch(/this is a folder/)
})

test('without the names of weights and offset it is still a pipeline', async () => {
  const folder = folderWith('spector.csv')
  await folder.json(['fit', 'spector.csv', '--target', 'GRADE', '--out', 'm.json'])
  const { weights, offset, ...rest } = JSON.parse(folder.read('m.json'))
  expect([weights, offset]).toEqual([null, null])
  folder.write('short.json', `\uFEFF${JSON.stringify(rest)}`)
  const [full, short] = [
    await folder.logodds('predict', 'm.json', 'spector.csv'),
    await folder.logodds('predict', 'short.json', 'spector.csv'),
  ]
  expect(short).toEqual(full)
})
