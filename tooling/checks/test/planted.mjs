// A workspace made up for one test: the files it is given, in a temporary folder.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

export function plant(files) {
  const root = mkdtempSync(path.join(tmpdir(), 'logodds-planted-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  add(root, files)
  return root
}

export function add(root, files) {
  for (const [file, content] of Object.entries(files)) {
    const at = path.join(root, file)
    mkdirSync(path.dirname(at), { recursive: true })
    writeFileSync(at, typeof content === 'string' ? content : JSON.stringify(content))
  }
}
