// What is committed is what the sources compile to.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { compile, compileScript, generated, script, sources } from '../scripts/compile.mjs'

it.each(sources)('assembly/%s', async (name) => {
  expect(readFileSync(generated(name), 'utf8') === (await compile(name))).toBe(true)
})

it('worker/member.ts', () => {
  expect(readFileSync(script, 'utf8') === compileScript()).toBe(true)
})
