import { expect, test } from 'vitest'
import { faultsOf, measurements } from '../sizes.mjs'
import { plant } from './planted.mjs'

// What is published is measured in CI after the build; the sources come within a few bytes of it.
test('no import costs more than its ceiling or brings along what it does not need', async () => {
  expect(faultsOf(await measurements({ sources: true }))).toEqual([])
})

const manifest = {
  name: '@logodds/core',
  type: 'module',
  sideEffects: false,
  exports: { '.': { '@logodds/source': './src/index.ts', import: './dist/index.js' } },
}

function measured(files, tables) {
  const from = plant({ 'packages/core/package.json': manifest, ...files })
  return measurements({
    from,
    sources: true,
    tables: { imports: [], eachExport: [], packages: { '@logodds/core': 999 }, ...tables },
  })
}

const faults = (rows) => rows.flatMap((row) => row.faults)

const small = {
  'packages/core/src/index.ts': "export { one } from './one.ts'\nexport { two } from './two.ts'\n",
  'packages/core/src/one.ts': 'export const one = (x: number): number => x + 1\n',
  'packages/core/src/two.ts':
    "import { one } from './one.ts'\nexport function two(x: number): number { return one(one(x)) }\n",
}

test('an import within its ceiling, alone, has no fault', async () => {
  const imports = [{ from: '@logodds/core', names: ['one'], bytes: 100, without: ['two'] }]
  expect(faults(await measured(small, { imports }))).toEqual([])
})

test('a heavy import, a stowaway, a heavy package and one without a ceiling are found', async () => {
  const imports = [{ from: '@logodds/core', names: ['two'], bytes: 20, without: ['one'] }]
  expect(faults(await measured(small, { imports }))).toEqual([
    'brings one along',
    expect.stringMatching(/^\d+ bytes, not below 20$/),
  ])
  const eachExport = [{ from: '@logodds/core', bytes: 10 }]
  expect(faults(await measured(small, { eachExport }))).toHaveLength(2)
  expect(faults(await measured(small, { packages: { '@logodds/core': 10 } }))).toHaveLength(1)
  expect(faults(await measured(small, { packages: {} }))).toContain('has no ceiling')
})

test('a call that is marked as pure is none', async () => {
  const files = {
    ...small,
    'packages/core/src/one.ts':
      'export const one = /* @__PURE__ */ Object.assign((x: number) => x + 1, { a: 1 })\n',
  }
  expect(faults(await measured(files, {}))).toEqual([])
})

test('an expression at module scope is found', async () => {
  const files = {
    ...small,
    'packages/core/src/one.ts': 'export const one = Math.fround(0.1) + Symbol("x").description!.length\n',
  }
  expect(faults(await measured(files, {}))).toEqual([
    expect.stringMatching(/^does something at module scope: /),
  ])
})
