import { expect, test } from 'vitest'
import { apiReport, firstDifference } from '../api.mjs'
import { plant } from './planted.mjs'

function planted(types) {
  const root = plant({ 'package.json': { name: 'planted', version: '0.0.0' }, 'dist/index.d.ts': types })
  return apiReport({ name: 'planted', folder: root })
}

test('a report shows the public face, and a change of it differs', () => {
  const before = planted('/** Half of it. */\nexport declare function half(x: number): number;\n')
  const after = planted('/** Half of it. */\nexport declare function half(x: number, y?: number): number;\n')
  expect(before.text).toContain('export function half(x: number): number;')
  expect([...before.faults, ...after.faults]).toEqual([])
  expect(firstDifference(before.text, before.text)).toBeNull()
  expect(firstDifference(before.text, after.text)).toMatch(
    /^line \d+: committed is "export function half\(x: number\)/,
  )
  expect(firstDifference(`${before.text}more\n`, before.text)).toMatch(/committed is "more", built is ""/)
})

test('a type that the public face needs but does not export is a fault', () => {
  const { faults } = planted(
    'interface Options { a: number }\nexport declare function half(options: Options): number;\nexport {}\n',
  )
  expect(faults).toEqual([expect.stringContaining('"Options" needs to be exported by the entry point')])
})

test('a package that is not built is a fault', () => {
  expect(apiReport({ name: 'planted', folder: plant({ a: '' }) }).faults).toEqual(['planted: not built'])
})
