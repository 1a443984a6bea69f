// What is committed is what the sources compile to.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { compile, compileScript, generated, script, sources } from '../scripts/compile.mjs'
import { compiled, instantiate, memoryOf } from '../src/web-assembly.ts'

it.each(sources)('assembly/%s', async (name) => {
  expect(readFileSync(generated(name), 'utf8') === (await compile(name))).toBe(true)
})

it('worker/member.ts', () => {
  expect(readFileSync(script, 'utf8') === compileScript()).toBe(true)
})

it('modules that share a memory have the same constants in the same place, whichever comes last', () => {
  const constants = sources.map((name) => {
    const [, hex] = readFileSync(generated(name), 'utf8').match(/'([0-9a-f]+)'/) ?? []
    const memory = memoryOf(65536)
    instantiate(compiled(hex), memory)
    return new Uint8Array(memory.buffer).join()
  })
  const some = constants.filter((bytes) => /[1-9]/.test(bytes))
  expect(some.length).toBeGreaterThan(1)
  expect(new Set(some).size).toBe(1)
})

it('all modules together are less than 20 kB to load', () => {
  const text = [...sources.map(generated), script].map((file) => readFileSync(file, 'utf8')).join('')
  expect(gzipSync(text, { level: 9 }).length).toBeLessThan(20000)
})
