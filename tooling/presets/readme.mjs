// The examples of a README, run as tests: every ```ts fence is executed, and every value it shows is checked.
import { mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'
import { afterAll, describe, expect, test } from 'vitest'

/**
 * Registers one test for each ```ts fence of the package's README.md. A fence is written to a git-ignored file beside the
 * test, so that it resolves `@logodds/…` as a user's file in that package would, and imported.
 */
export function readmeExamples(testUrl, { readme } = {}) {
  const folder = path.dirname(fileURLToPath(testUrl))
  const file = readme ? fileURLToPath(readme) : path.join(nearestPackage(folder), 'README.md')
  const fences = fencesOf(readFileSync(file, 'utf8'))
  // A folder of its own for each README, so that two of them can run at once.
  const scratch = path.join(folder, '.readme', path.basename(fileURLToPath(testUrl), '.ts'))

  describe(path.relative(process.cwd(), file) || 'README.md', () => {
    afterAll(() => {
      rmSync(scratch, { recursive: true, force: true })
      try {
        rmdirSync(path.dirname(scratch))
      } catch {
        // Another README's examples are still there, or there were none.
      }
    })

    test('has an example', () => expect(fences.some((fence) => !fence.skipped)).toBe(true))

    for (const fence of fences) {
      test.skipIf(fence.skipped)(`line ${fence.line}`, async () => {
        const { code, unchecked } = instrument(fence.code, fence.line)
        expect(unchecked, 'values shown with an arrow that belong to no expression').toEqual([])
        const example = path.join(scratch, `line-${fence.line}.ts`)
        mkdirSync(scratch, { recursive: true })
        writeFileSync(example, code)
        await import(/* @vite-ignore */ pathToFileURL(example).href)
      })
    }
  })
}

/** The ```ts fences of a markdown text, with the line of their first code line. */
export function fencesOf(markdown) {
  const fences = []
  let open = null
  markdown.split(/\r?\n/).forEach((text, index) => {
    const fence = /^\s*(`{3,}|~{3,})\s*(.*?)\s*$/.exec(text)
    if (open === null) {
      if (fence) open = { mark: fence[1], info: fence[2], line: index + 2, lines: [] }
    } else if (fence && fence[2] === '' && fence[1].startsWith(open.mark)) {
      const [language, ...flags] = open.info.split(/\s+/)
      if (language === 'ts' || language === 'typescript') {
        fences.push({ line: open.line, code: open.lines.join('\n'), skipped: flags.includes('no-run') })
      }
      open = null
    } else open.lines.push(text)
  })
  if (open !== null) throw new Error(`the fence before line ${open.line} is never closed`)
  return fences
}

/**
 * Rewrites `expression // value` to a check of the value, line for line. Also `const x = expression // value`,
 * `console.log(expression) // value`, and `// → value` alone on the next line.
 */
export function instrument(code, firstLine = 1) {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true)
  const lines = code.split('\n')
  const lineOf = (position) => source.getLineAndCharacterOfPosition(position).line
  const edits = []
  const checkedLines = new Set()

  for (const statement of source.statements) {
    const expression = shownExpression(statement)
    if (!expression) continue
    const last = lineOf(statement.end)
    const beside = /^[\s;]*\/\/(.*)$/.exec(code.slice(statement.end, lineStart(source, last + 1)).trimEnd())
    const below = /^\s*\/\/\s*(→.*)$/.exec(lines[last + 1] ?? '')
    const [comment, line] = beside ? [beside[1], last] : [below?.[1], last + 1]
    const claim = comment === undefined ? null : claimOf(comment)
    if (claim === null) continue
    checkedLines.add(line)
    edits.push({ ...expression, claim, line: firstLine + line })
  }

  let instrumented = code
  for (const { start, end, text, claim, line } of edits.reverse()) {
    const check = `__shows(${text}, ${JSON.stringify(claim)}, ${line})`
    instrumented = instrumented.slice(0, start) + check + instrumented.slice(end)
  }
  const unchecked = lines.flatMap((text, index) =>
    /\/\/\s*→/.test(text) && !checkedLines.has(index) ? [`line ${firstLine + index}: ${text.trim()}`] : [],
  )
  // On the first line, so that the lines of an error are those of the fence.
  return { code: `import { shows as __shows } from '@logodds/presets/readme'; ${instrumented}`, unchecked }
}

/** What `expression // value` compiles to: throws unless `actual` is the value shown, and hands it through. */
export function shows(actual, claim, line) {
  const difference = compare(actual, literalOf(claim).expression, 'the value')
  if (difference) throw new Error(`README line ${line}: ${difference}`)
  return actual
}

function shownExpression(statement) {
  const whole = (node) => ({ start: node.getStart(), end: node.end, text: node.getText() })
  if (ts.isVariableStatement(statement)) {
    const [declaration, ...others] = statement.declarationList.declarations
    return declaration.initializer && others.length === 0 ? whole(declaration.initializer) : null
  }
  if (!ts.isExpressionStatement(statement)) return null
  const { expression } = statement
  if (
    ts.isCallExpression(expression) &&
    expression.expression.getText() === 'console.log' &&
    expression.arguments.length === 1
  ) {
    return whole(expression.arguments[0])
  }

  return whole(expression)
}

/** The text of the literal in a comment, or null where the comment is just a comment. An arrow must be followed by one. */
function claimOf(comment) {
  const [, arrow, text] = /^\s*(→)?\s*(.*?)\s*$/.exec(comment)
  if (literalOf(text)) return text
  if (arrow) throw new Error(`"// → ${text}": the value after an arrow must be a JavaScript literal`)
  return null
}

function literalOf(text) {
  const source = ts.createSourceFile('literal.ts', `(${text}\n)`, ts.ScriptTarget.Latest, true)
  const [statement, ...others] = source.statements
  if (source.parseDiagnostics.length > 0 || others.length > 0 || !statement) return null
  if (!ts.isExpressionStatement(statement) || !ts.isParenthesizedExpression(statement.expression)) return null
  const { expression } = statement.expression
  return isLiteral(expression) ? { expression } : null
}

const namedValues = { true: true, false: false, null: null, undefined, NaN, Infinity }

function isLiteral(node) {
  if (ts.isNumericLiteral(node) || ts.isStringLiteral(node) || node.getText() in namedValues) return true
  if (ts.isPrefixUnaryExpression(node))
    return node.operator === ts.SyntaxKind.MinusToken && isLiteral(node.operand)
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isLiteral)
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every(
      (property) => ts.isPropertyAssignment(property) && isLiteral(property.initializer),
    )
  }
  return false
}

/** A sentence on the first difference, or null. Typed arrays count as arrays. */
function compare(actual, node, where) {
  const differs = `${where} is ${print(actual)}, shown is ${node.getText()}`
  if (ts.isArrayLiteralExpression(node)) {
    const isList = Array.isArray(actual) || (ArrayBuffer.isView(actual) && !(actual instanceof DataView))
    if (!isList || actual.length !== node.elements.length) return differs
    return firstOf(node.elements, (element, i) => compare(actual[i], element, `${where}[${i}]`))
  }
  if (ts.isObjectLiteralExpression(node)) {
    const shown = new Map(node.properties.map((property) => [property.name.text, property.initializer]))
    const keys = typeof actual === 'object' && actual !== null ? Object.keys(actual) : []
    if (keys.length !== shown.size || !keys.every((key) => shown.has(key))) return differs
    return firstOf([...shown], ([key, value]) => compare(actual[key], value, `${where}.${key}`))
  }
  if (ts.isStringLiteral(node)) return actual === node.text ? null : differs
  const text = node.getText()
  if (text in namedValues) return Object.is(actual, namedValues[text]) ? null : differs
  return typeof actual === 'number' && roundsTo(actual, text.replaceAll('_', '')) ? null : differs
}

/** Whether a number, rounded to the digits of the numeral, is that numeral; a plain integer is exact. */
export function roundsTo(value, numeral) {
  const shown = Number(numeral)
  if (value === shown) return true
  const parts = /^-?\d*(\.\d*)?(?:e([+-]?\d+))?$/i.exec(numeral)
  if (!parts || (parts[1] === undefined && parts[2] === undefined)) return false
  const decimals = Math.max(0, (parts[1] ?? '.').length - 1)
  const unit = 10 ** (Number(parts[2] ?? 0) - decimals)
  // The slack lets a value that ends in a five round either way.
  return Math.abs(value - shown) <= unit * (0.5 + 1e-9)
}

function firstOf(items, difference) {
  for (let i = 0; i < items.length; i++) {
    const found = difference(items[i], i)
    if (found) return found
  }
  return null
}

function print(value) {
  if (typeof value === 'function') return `the function ${value.name}`
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} [${value}]`
  return JSON.stringify(value) ?? String(value)
}

function lineStart(source, line) {
  const starts = source.getLineStarts()
  return line < starts.length ? starts[line] : source.text.length
}

function nearestPackage(folder) {
  for (let at = folder; ; at = path.dirname(at)) {
    try {
      readFileSync(path.join(at, 'package.json'))
      return at
    } catch {
      if (at === path.dirname(at)) throw new Error(`no package.json above ${folder}`)
    }
  }
}
