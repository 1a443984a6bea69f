// The ```ts fences of every README, type-checked as a user's file in that package would be. Their tests run them; types are
// another promise.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fencesOf } from '@logodds/presets/readme'
import ts from 'typescript'
import { root, workspacePackages } from './workspace.mjs'

/** One sentence for each error in an example. */
export function readmeTypeErrors(from = root) {
  const examples = new Map()
  const readmes = workspacePackages(from).map(({ folder, place }) => ({
    folder,
    readme: `${place}/README.md`,
  }))
  // The examples in the README of the whole import the packages as the checks do.
  readmes.push({ folder: path.join(from, 'tooling/checks'), readme: 'README.md' })
  for (const { folder, readme } of readmes) {
    if (!existsSync(path.join(from, readme))) continue
    for (const { line, code } of fencesOf(readFileSync(path.join(from, readme), 'utf8'))) {
      // A module even without an import or export, on the same lines.
      examples.set(path.join(folder, `readme-line-${line}.ts`), { text: `export {}; ${code}`, readme, line })
    }
  }
  const options = {
    ...ts.parseJsonConfigFileContent({ extends: './tsconfig.base.json', files: [] }, ts.sys, from).options,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: ['node'],
    typeRoots: [path.join(root, 'tooling/checks/node_modules/@types')],
    // Shown values are expressions whose result nobody uses.
    noUnusedLocals: false,
  }
  const host = ts.createCompilerHost(options)
  const { readFile, fileExists } = host
  host.readFile = (file) => examples.get(path.normalize(file))?.text ?? readFile(file)
  host.fileExists = (file) => examples.has(path.normalize(file)) || fileExists(file)
  const program = ts.createProgram([...examples.keys()], options, host)
  return ts.getPreEmitDiagnostics(program).flatMap(({ file, start, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, ' ')
    if (!file) return [text]
    const example = examples.get(path.normalize(file.fileName))
    // An error in the sources is for the type-check of their own package.
    if (!example) return []
    return [`${example.readme}:${example.line + file.getLineAndCharacterOfPosition(start).line}: ${text}`]
  })
}
