import { expect, test } from 'vitest'
import { breaches, table } from '../boundaries.mjs'
import { plant } from './planted.mjs'

test('the workspace keeps the boundaries', () => expect(breaches()).toEqual([]))

test('the arrows of the table point one way', () => {
  const reach = (name) =>
    table[name].ours === 'any' ? [] : table[name].ours.flatMap((other) => [other, ...reach(other)])
  for (const name of Object.keys(table)) expect(reach(name)).not.toContain(name)
})

const core = { 'packages/core/package.json': { name: '@logodds/core' } }
const linear = {
  'packages/linear/package.json': {
    name: '@logodds/linear',
    dependencies: { '@logodds/core': '*', '@logodds/optim': '*' },
  },
}

test.each([
  [
    'an arrow that is not in the table',
    {
      'packages/core/package.json': { name: '@logodds/core', dependencies: { '@logodds/linear': '*' } },
      ...linear,
    },
    'packages/core/package.json: @logodds/core may not depend on @logodds/linear',
  ],
  [
    'an import that is not in the table',
    { ...core, 'packages/core/src/a.ts': "\nexport { x } from '@logodds/linear'\n" },
    "packages/core/src/a.ts:2: '@logodds/linear' is not among the dependencies",
  ],
  [
    'an import type',
    { ...core, 'packages/core/src/a.ts': "export type A = import('@logodds/linear').Model\n" },
    "packages/core/src/a.ts:1: '@logodds/linear' is not among the dependencies",
  ],
  [
    'a declared dependency that the table does not allow',
    {
      'packages/core/package.json': { name: '@logodds/core', dependencies: { '@logodds/metrics': '*' } },
      'packages/core/src/a.ts': "const late = await import('@logodds/metrics')\n",
    },
    'packages/core/src/a.ts:1: @logodds/core may not import @logodds/metrics',
  ],
  [
    'a deep import',
    { ...linear, 'packages/linear/src/a.ts': "import '@logodds/core/src/sigmoid.ts'\n" },
    "packages/linear/src/a.ts:1: '@logodds/core/src/sigmoid.ts' is a deep import",
  ],
  [
    'a path into another package',
    { ...linear, 'packages/linear/test/a.test.ts': "import '../../core/src/sigmoid.ts'\n" },
    "packages/linear/test/a.test.ts:1: '../../core/src/sigmoid.ts' reaches out of the package",
  ],
  [
    'the own index',
    { ...core, 'packages/core/src/a.ts': "import './index.ts'\n", 'packages/core/src/index.ts': '' },
    'packages/core/src/a.ts:1: import the file, not the index',
  ],
  [
    'the package itself',
    { ...core, 'packages/core/src/a.ts': "import '@logodds/core'\n" },
    "packages/core/src/a.ts:1: '@logodds/core' is the package itself: import the file",
  ],
  [
    'a module of Node in a package for pages',
    { ...core, 'packages/core/src/a.ts': "import 'node:fs'\n" },
    "packages/core/src/a.ts:1: 'node:fs': @logodds/core also runs in a page",
  ],
  [
    'code from text in a library',
    { ...core, 'packages/core/src/a.ts': "import ndarray from 'ndarray'\n" },
    "packages/core/src/a.ts:1: 'ndarray' needs new Function: take and give its four fields instead",
  ],
  [
    'a circle of files',
    {
      ...core,
      'packages/core/src/a.ts': "import './b.ts'\n",
      'packages/core/src/b.ts': "import type {} from './c.ts'\n",
      'packages/core/src/c.ts': "import './a.ts'\n",
    },
    'packages/core: files import each other in a circle: src/a.ts → src/b.ts → src/c.ts → src/a.ts',
  ],
  [
    'a file without a noun',
    { ...core, 'packages/core/src/array-utils.ts': '' },
    'packages/core/src/array-utils.ts: name it for what it holds',
  ],
  [
    'a folder without a noun',
    { ...core, 'packages/core/src/helpers/a.ts': '' },
    'packages/core/src/helpers/a.ts: name it for what it holds',
  ],
  [
    'a package that the table does not know',
    { 'packages/extras/package.json': { name: '@logodds/extras' } },
    'packages/extras: @logodds/extras is not in the table of tooling/checks/boundaries.mjs',
  ],
])('finds %s', (_, files, breach) => expect(breaches(plant(files))).toEqual([breach]))

test('lets through what is allowed', () => {
  const root = plant({
    ...core,
    ...linear,
    'packages/linear/src/index.ts': "export * from './a.ts'\n",
    'packages/linear/src/a.ts':
      "import { sigmoid } from '@logodds/core'\nimport 'valibot'\n// import './index.ts'\n",
    'packages/linear/test/a.test.ts':
      "import '../src/index.ts'\nimport '@logodds/linear'\nimport 'node:fs'\nimport 'ndarray'\n",
  })
  expect(breaches(root)).toEqual([])
})
