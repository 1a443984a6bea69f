import { expect, test } from 'vitest'
import { readmeTypeErrors } from '../readme-types.mjs'
import { plant } from './planted.mjs'

test('the examples of every README compile', () => expect(readmeTypeErrors()).toEqual([]))

test('one that does not is found, by its line', () => {
  const root = plant({
    'tsconfig.base.json': { compilerOptions: { strict: true, skipLibCheck: true, module: 'esnext' } },
    'packages/core/package.json': { name: '@logodds/core' },
    'packages/core/README.md':
      'An example:\n\n```ts\nconst half: number = 0.5\nconst name: string = half\n```\n',
  })
  expect(readmeTypeErrors(root)).toEqual([
    "packages/core/README.md:5: Type 'number' is not assignable to type 'string'.",
  ])
})
