// The tables of activations in README.md, against the sources: every one is there, with the formulas of its docstrings and the
// range that it has.
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as core from '../src/index.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const section = readme.slice(
  readme.indexOf('\n## Activations'),
  readme.indexOf('\n## For those who build networks'),
)

/** The rows below a header that starts like this, cell by cell. */
function tableOf(header: string): string[][] {
  const lines = section.split('\n')
  const start = lines.findIndex((line) => line.startsWith(header))
  const end = lines.findIndex((line, i) => i > start && !line.startsWith('|'))
  return lines.slice(start + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

const scalarRows = tableOf('| activation | formula | derivative | range |').map(
  ([call, formula, derivative, range, use]) => ({ call, formula, derivative, range, use, ...parse(call) }),
)
const vectorRows = tableOf('| activation | formula | Jv |').map(([call, formula, jvp, vjp]) => ({
  formula,
  jvp,
  vjp,
  ...parse(call),
}))

/** The name in `name(parameters)`, and the parameters. */
function parse(call: string): { name: string; parameters: string } {
  const [, name, parameters] = /^`(\w+)\((.*)\)`$/.exec(call)!
  return { name, parameters }
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => '-' + letter.toLowerCase())

/** The docstring right before an exported function, on one line, and the parameters that follow. */
function documented(name: string, file: string): { doc: string; parameters: string } {
  const source = readFileSync(new URL(`../src/${file}.ts`, import.meta.url), 'utf8')
  const [before, after] = source.split(`export function ${name}(`)
  const doc = before.slice(before.lastIndexOf('/**')).replace(/\n? \*\/?|\/\*\*/g, ' ')
  return { doc: doc.replace(/\s+/g, ' '), parameters: after.slice(0, after.indexOf('):')) }
}

describe('scalar activations', () => {
  test('all that are exported, and no other', () => {
    const exported = Object.keys(core).filter((name) => `${name}Derivative` in core)
    expect(scalarRows.map(({ name }) => name).sort()).toEqual(exported.sort())
  })

  test.each(scalarRows)('$name: formulas as documented, parameters as declared', (row) => {
    const { doc, parameters } = documented(row.name, kebab(row.name))
    expect(doc).toContain(row.formula)
    expect(parameters.replace(': number', '')).toBe(row.parameters)
    const slope = documented(`${row.name}Derivative`, kebab(row.name))
    expect(slope.doc).toContain(row.derivative)
    expect(slope.parameters).toBe(parameters)
    expect(row.use).not.toBe('')
  })

  test.each(scalarRows)('$name: its range is $range', ({ name, range }) => {
    const f = (core as unknown as Record<string, (z: number) => number>)[name]
    const [, low, high] = /^[([](.+), (.+)[)\]]$/.exec(range)!
    const bounds = [low, high].map((end) => Number(end.replace('−', '-').replace('∞', 'Infinity')))
    const link = range === '(−∞, ∞)' && /^(logit|probit|cloglog)$/.test(name)
    const arguments_ = Array.from({ length: 200_001 }, (_, i) => (link ? i / 200_000 : (i - 100_000) / 1000))
    if (!link) arguments_.push(-Infinity, Infinity)
    let [least, most] = [Infinity, -Infinity]
    for (const z of arguments_) {
      least = Math.min(least, f(z))
      most = Math.max(most, f(z))
    }
    // A bound that is not a limit is rounded up in its last place.
    expect(least).toBeGreaterThanOrEqual(bounds[0] - 5e-6)
    expect(least).toBeLessThanOrEqual(bounds[0] + 1e-5)
    expect(most + 0).toBe(bounds[1])
  })
})

describe('vector activations', () => {
  test('all that are exported, and no other', () => {
    const exported = Object.keys(core).filter((name) => `${name}Vjp` in core)
    expect(vectorRows.map(({ name }) => name).sort()).toEqual(exported.sort())
  })

  test.each(vectorRows)('$name: formulas as documented', ({ name, formula, jvp, vjp }) => {
    expect(documented(name, kebab(name)).doc).toContain(formula)
    const file = `${kebab(name)}-products`
    expect(existsSync(new URL(`../src/${file}.ts`, import.meta.url))).toBe(true)
    const forwards = documented(`${name}Jvp`, file).doc
    for (const part of jvp.split(', ')) expect(forwards).toContain(part)
    expect(documented(`${name}Vjp`, file).doc).toContain(vjp)
  })
})
