// What is committed is what the sources compile to.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { compile, generated, sources } from '../scripts/compile.mjs'

it.each(sources)('assembly/%s', async (name) => {
  expect(readFileSync(generated(name), 'utf8') === (await compile(name))).toBe(true)
})
