import { expect, test } from 'vitest'
import { manifestFaults } from '../manifests.mjs'
import { libraries } from '../workspace.mjs'
import { plant } from './planted.mjs'

test('every package.json says what it must', () => expect(manifestFaults()).toEqual([]))

test('an install script is found', () => {
  const manifest = { ...libraries()[0].manifest, scripts: { postinstall: 'true' }, private: true }
  const root = plant({ 'packages/core/package.json': manifest })
  expect(manifestFaults(root)).toEqual(['packages/core/package.json: runs a script at install: postinstall'])
})

test.each([
  ['license', { license: undefined }, 'license is not MIT'],
  [
    'a range of its own',
    { devDependencies: { vite: '^8' } },
    'vite: versions stand in the catalog of pnpm-workspace.yaml',
  ],
  ['access', { publishConfig: undefined }, 'publishConfig.access is not public'],
  ['sideEffects', { sideEffects: undefined }, 'sideEffects is not false'],
  [
    'a fixed version',
    { dependencies: { '@logodds/core': 'workspace:*' } },
    '@logodds/core: a dependency of ours is published as a caret range, workspace:^',
  ],
])('%s is missed', (_, change, fault) => {
  const manifest = { ...libraries()[0].manifest, ...change }
  const root = plant({ 'packages/core/package.json': manifest, 'packages/core/README.md': '' })
  expect(manifestFaults(root)).toEqual([`packages/core/package.json: ${fault}`])
})
