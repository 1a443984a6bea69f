// Who may import whom. The table is the design; everything below it holds packages and files to the table.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { root, typescriptFiles, workspacePackages } from './workspace.mjs'

/**
 * For each package: the packages of ours that its sources may import (`'any'` for applications), and whether they may
 * import Node's own modules. A library that names no `node: true` runs in a page.
 */
export const table = {
  '@logodds/core': { ours: [] },
  '@logodds/optim': { ours: [] },
  '@logodds/linear': { ours: ['@logodds/core', '@logodds/optim'] },
  '@logodds/multiclass': { ours: ['@logodds/linear', '@logodds/core', '@logodds/optim'] },
  '@logodds/metrics': { ours: [] },
  '@logodds/kernels': { ours: ['@logodds/core', '@logodds/linear'] },
  '@logodds/inference': { ours: ['@logodds/core'] },
  '@logodds/selection': { ours: [] },
  '@logodds/data': { ours: [], node: true },
  '@logodds/plot': { ours: [] },
  '@logodds/sql': { ours: ['@logodds/optim'], node: true },
  '@logodds/cli': { ours: 'any', node: true },
  '@logodds/playground': { ours: 'any' },
}

/** These build code from text when they are loaded, which a strict content security policy forbids: applications only. */
const needsEval = ['ndarray']

/** Names that say where a thing was put, not what it is. */
const namelessName = /(^|[-_.])(utils?|common|helpers?|shared|misc)([-_.]|$)/i

/** Every breach below `from`, one sentence each. */
export function breaches(from = root) {
  const packages = workspacePackages(from).filter(({ place }) => !place.startsWith('tooling/'))
  const names = new Set(packages.map(({ name }) => name))
  return packages.flatMap((entry) =>
    entry.name in table
      ? [
          ...manifestBreaches(entry, names),
          ...namingBreaches(entry),
          ...importBreaches(entry),
          ...cycles(entry),
        ]
      : [`${entry.place}: ${entry.name} is not in the table of tooling/checks/boundaries.mjs`],
  )
}

function manifestBreaches({ name, place, manifest }, names) {
  const needed = ['dependencies', 'peerDependencies', 'optionalDependencies'].flatMap((field) =>
    Object.keys(manifest[field] ?? {}),
  )
  return needed
    .filter((dependency) => names.has(dependency) && !mayImport(name, dependency))
    .map((dependency) => `${place}/package.json: ${name} may not depend on ${dependency}`)
}

function namingBreaches({ place, folder }) {
  const parts = [
    place,
    ...typescriptFiles(folder).map((file) => `${place}/${slashed(path.relative(folder, file))}`),
  ]
  return parts
    .filter((file) => file.split('/').some((part) => namelessName.test(part)))
    .map((file) => `${file}: name it for what it holds`)
}

function importBreaches({ name, place, folder, manifest }) {
  const source = path.join(folder, 'src')
  return typescriptFiles(folder).flatMap((file) => {
    const inSource = file.startsWith(source + path.sep)
    const at = `${place}/${slashed(path.relative(folder, file))}`
    return importsOf(file).flatMap(({ specifier, line }) => {
      const breach = specifier.startsWith('.')
        ? relativeBreach(file, specifier, folder, inSource)
        : packageBreach({ name, manifest, specifier, inSource })
      return breach ? [`${at}:${line}: ${breach}`] : []
    })
  })
}

function relativeBreach(file, specifier, folder, inSource) {
  const target = path.resolve(path.dirname(file), specifier)
  if (path.relative(folder, target).startsWith('..')) return `'${specifier}' reaches out of the package`
  const index = path.join(folder, 'src', 'index')
  if (inSource && [path.dirname(index), index, `${index}.ts`, `${index}.js`].includes(target)) {
    return 'import the file, not the index'
  }
  return null
}

function packageBreach({ name, manifest, specifier, inSource }) {
  if (specifier.startsWith('node:')) {
    return inSource && !table[name].node ? `'${specifier}': ${name} also runs in a page` : null
  }
  const imported = packageOf(specifier)
  if (imported === name) return inSource ? `'${specifier}' is the package itself: import the file` : null
  if (inSource && needsEval.includes(imported) && table[name].ours !== 'any') {
    return `'${specifier}' needs new Function: take and give its four fields instead`
  }
  if (!imported.startsWith('@logodds/') || imported === '@logodds/presets') return null
  if (specifier !== imported && !specifier.endsWith('.csv')) return `'${specifier}' is a deep import`
  const declared = [manifest.dependencies, inSource ? {} : manifest.devDependencies]
  if (!declared.some((list) => list?.[imported])) return `'${imported}' is not among the dependencies`
  return inSource && !mayImport(name, imported) ? `${name} may not import ${imported}` : null
}

function mayImport(name, other) {
  return table[name].ours === 'any' || table[name].ours.includes(other)
}

/** Cycles between the source files of a package, types included: a reader has to start somewhere. */
function cycles({ folder, place }) {
  const files = typescriptFiles(path.join(folder, 'src'))
  const next = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter(({ specifier }) => specifier.startsWith('.'))
        .map(({ specifier }) => path.resolve(path.dirname(file), specifier)),
    ]),
  )
  const found = []
  const finished = new Set()
  const visit = (file, trail) => {
    const start = trail.indexOf(file)
    if (start >= 0) {
      const ring = [...trail.slice(start), file].map((member) => slashed(path.relative(folder, member)))
      found.push(`${place}: files import each other in a circle: ${ring.join(' → ')}`)
      return
    }
    if (finished.has(file)) return
    for (const target of next.get(file) ?? []) visit(target, [...trail, file])
    finished.add(file)
  }
  for (const file of files) visit(file, [])
  return found
}

/** Every module that a file names: imports, re-exports, `import()`, `require()` and import types. */
export function importsOf(file) {
  if (!existsSync(file)) return []
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const found = []
  const visit = (node) => {
    const named = moduleNamedBy(node)
    if (named && ts.isStringLiteralLike(named)) {
      const { line } = source.getLineAndCharacterOfPosition(named.getStart())
      found.push({ specifier: named.text, line: line + 1 })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function moduleNamedBy(node) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isExternalModuleReference(node)) return node.expression
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal
  if (!ts.isCallExpression(node)) return undefined
  const isImport =
    node.expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(node.expression) && node.expression.text === 'require')
  return isImport ? node.arguments[0] : undefined
}

function packageOf(specifier) {
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]
}

const slashed = (file) => file.split(path.sep).join('/')
