// docs/losses.md is what its script writes, and speaks of every loss that is exported.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { binary, classes, distributions, regression } from '../scripts/loss-descriptions.ts'
import { lossesPage } from '../scripts/losses-page.ts'
import * as core from '../src/index.ts'

const descriptions = [...binary, ...classes, ...regression]
const described = new Set(descriptions.map(({ call }) => call.match(/^\w+/)![0]))

/** The names that src/index.ts exports as values, with the source of each. */
function* exported(): Generator<[name: string, source: string]> {
  const index = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8')
  for (const [, names, file] of index.matchAll(/export \{([^}]*)\} from '\.\/([\w-]+\.ts)'/g)) {
    const source = readFileSync(new URL(`../src/${file}`, import.meta.url), 'utf8')
    for (const name of names.split(',')) if (name.trim()) yield [name.trim(), source]
  }
}

/** Whether a source exports this name as a loss, or as a function that makes one: by the type that it declares. */
const isLoss = (name: string, source: string) =>
  new RegExp(
    `export (const ${name}:|function ${name}\\([^{]*\\):)\\s*(Declared|Conjugate|Measured)(Vector)?Loss`,
  ).test(source)

test('docs/losses.md is up to date: `pnpm --filter @logodds/core docs` writes it', async () => {
  await expect(lossesPage()).toMatchFileSnapshot(
    fileURLToPath(new URL('../../../docs/losses.md', import.meta.url)),
  )
})

test('every loss that is exported is on the page, and nothing else', () => {
  const names = [...exported()]
  expect(names.length).toBeGreaterThan(60)
  const losses = names.filter(([name, source]) => isLoss(name, source)).map(([name]) => name)
  expect(losses.toSorted()).toEqual([...described].toSorted())
  // By what they are as well: whatever says of itself what its targets are.
  for (const [name, value] of Object.entries(core)) {
    if (typeof value === 'object' && 'targets' in value) expect(described, name).toContain(name)
  }
  expect(core).toHaveProperty('entropy')
  const functions = distributions.map(({ call }) => call.match(/^\w+/)![0])
  for (const [name, source] of names) {
    if (/from '.\/distribution.ts'/.test(source) && !name.endsWith('Gradient')) {
      expect(functions, name).toContain(name)
    }
    if (/from '.\/distribution.ts'/.test(source) && name.endsWith('Gradient')) {
      expect(lossesPage(), name).toContain(`\`${name}(`)
    }
  }
})

test('each loss is the one of its row', () => {
  const values = new Map<string, unknown>(Object.entries(core))
  for (const { call, loss } of descriptions) {
    const name = call.match(/^\w+/)![0]
    const value: unknown = values.get(name)
    if (typeof value === 'function') expect(name, call).toBe(camelCase(loss.name))
    else expect(loss).toBe(value)
  }
})

const camelCase = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

describe('parameters in a row are the defaults of the function', () => {
  const withDefaults = descriptions.filter(({ call }) => call.includes(' = '))
  test.each(withDefaults)('$call', ({ call }) => {
    const [name, parameters] = call.split(/[()]/)
    const source = new Map(exported()).get(name)!
    for (const [, parameter, value] of parameters.matchAll(/(\w+) = ([^,]+)/g)) {
      const found = new RegExp(
        `export function ${name}\\([^{]*?\\b${parameter}(?:: \\w+)? = ([^,)\\n]+)`,
      ).exec(source)
      expect(found?.[1], call).toBeDefined()
      expect(Number(found![1].replace('2 ** -52', String(2 ** -52)))).toBe(
        value === '2⁻⁵²' ? 2 ** -52 : Number(value),
      )
    }
  })
})
