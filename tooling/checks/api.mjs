// The public face of each package as text, beside the package: api.md. A change that a user can see then shows in review.
// `node api.mjs` compares the built types with the committed reports, `node api.mjs --write` writes them.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor'
import { undeclaredChanges } from './changesets.mjs'
import { libraries, root } from './workspace.mjs'

/** The report of a library's built types, and what is wrong with them. */
export function apiReport({ name, folder }) {
  const entry = path.join(folder, 'dist/index.d.ts')
  if (!existsSync(entry)) return { text: '', faults: [`${name}: not built`] }
  const scratch = mkdtempSync(path.join(tmpdir(), 'logodds-api-'))
  const faults = []
  try {
    const config = ExtractorConfig.prepare({
      configObject: configuration(folder, entry, scratch),
      configObjectFullPath: undefined,
      packageJsonFullPath: path.join(folder, 'package.json'),
    })
    Extractor.invoke(config, {
      localBuild: true,
      messageCallback(message) {
        message.handled = true
        const matters =
          message.logLevel === ExtractorLogLevel.Error || message.messageId === 'ae-forgotten-export'
        if (matters) faults.push(`${name}: ${message.text}`)
      },
    })
    return {
      text: readFileSync(path.join(scratch, 'report.api.md'), 'utf8').replaceAll('\r\n', '\n'),
      faults,
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function configuration(folder, entry, scratch) {
  const silent = { default: { logLevel: 'none' } }
  return {
    projectFolder: folder,
    mainEntryPointFilePath: entry,
    compiler: {
      // Not the package's own tsconfig: its source condition would lead into the sources of the dependencies.
      overrideTsconfig: {
        compilerOptions: {
          target: 'es2022',
          lib: ['es2023', 'dom'],
          module: 'esnext',
          moduleResolution: 'bundler',
          strict: true,
          types: [],
          skipLibCheck: true,
        },
        files: [entry],
      },
    },
    apiReport: {
      enabled: true,
      reportFolder: scratch,
      reportTempFolder: path.join(scratch, 'temp'),
      reportFileName: 'report',
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      compilerMessageReporting: { default: { logLevel: 'error' } },
      extractorMessageReporting: silent,
      tsdocMessageReporting: silent,
    },
  }
}

/** The first line in which two reports differ, or null. */
export function firstDifference(committed, built) {
  const [before, after] = [committed.split('\n'), built.split('\n')]
  const at = after.findIndex((line, i) => line !== before[i])
  if (at < 0 && before.length <= after.length) return null
  const line = at < 0 ? after.length : at
  return `line ${line + 1}: committed is "${before[line] ?? ''}", built is "${after[line] ?? ''}"`
}

function compare(library, write) {
  const { text, faults } = apiReport(library)
  const file = path.join(library.folder, 'api.md')
  const committed = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (write && text) writeFileSync(file, text)
  const difference = write ? null : firstDifference(committed, text)
  return difference ? [...faults, `${library.place}/api.md: ${difference}`] : faults
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const write = process.argv.includes('--write')
  const faults = libraries().flatMap((library) => compare(library, write))
  if (!write) {
    if (faults.length > 0) faults.push('refresh the reports: pnpm build && pnpm api')
    faults.push(...undeclaredChanges(root))
  }
  for (const fault of faults) console.error(fault)
  console.log(faults.length === 0 ? 'The API reports hold.' : '')
  process.exitCode = faults.length > 0 ? 1 : 0
}
