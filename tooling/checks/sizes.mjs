// What imports cost whoever bundles them, held to the ceilings, and that an unused package leaves nothing behind.
// `node sizes.mjs` measures what is published (dist, so build first); the tests measure the sources.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import * as ceilings from './size-ceilings.mjs'
import { libraries, root } from './workspace.mjs'

/** Measures every ceiling: `{ what, bytes, ceiling, faults }`, in the order of the table. */
export async function measurements({ sources, tables = ceilings, from = root }) {
  const byName = new Map(libraries(from).map((entry) => [entry.name, entry]))
  const missing = [...byName.keys()].filter((name) => !(name in tables.packages))
  const single = await Promise.all(
    tables.eachExport.map(async ({ from: name, bytes, above = {} }) =>
      (await exportedNames(byName.get(name), sources)).map((only) => ({
        from: name,
        names: [only],
        bytes: above[only] ?? bytes,
        without: [],
      })),
    ),
  )
  const rows = [...tables.imports, ...single.flat()].map(
    async ({ from: name, names, bytes: ceiling, without }) => {
      const library = byName.get(name)
      const code = await bundle(library, `export { ${names} } from '${name}'`, { sources })
      const readable = await bundle(library, `export { ${names} } from '${name}'`, {
        sources,
        readable: true,
      })
      const stowaways = without.filter((word) => declares(readable, word))
      return row(`${name} { ${names.join(', ')} }`, code, ceiling, stowaways)
    },
  )
  const wholes = [...byName.values()].map(async (library) => {
    const code = await bundle(library, `export * from '${library.name}'`, { sources, own: true })
    const unused = await bundle(library, `import '${library.name}'`, {
      sources,
      own: true,
      keepEffects: true,
    })
    const effects = withoutImports(unused)
    const result = row(library.name, code, tables.packages[library.name] ?? 0, [])
    if (effects) result.faults.push(`does something at module scope: ${effects.slice(0, 80)}`)
    return result
  })
  const faults = missing.map((name) => ({ what: name, bytes: 0, ceiling: 0, faults: ['has no ceiling'] }))
  return [...(await Promise.all([...rows, ...wholes])), ...faults]
}

function row(what, code, ceiling, stowaways) {
  const bytes = gzipSync(code, { level: 9 }).length
  const faults = stowaways.map((word) => `brings ${word} along`)
  if (!(bytes < ceiling)) faults.push(`${bytes} bytes, not below ${ceiling}`)
  return { what, bytes, ceiling, faults }
}

/**
 * `own`: dependencies stay outside. `keepEffects`: no manifest's word is taken that its modules have no effects; that of a call that is marked as
 * pure is, as by everybody who bundles.
 */
async function bundle(library, code, { sources, own = false, keepEffects = false, readable = false }) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: library.folder, sourcefile: 'import.ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: sources ? ['@logodds/source'] : [],
    external: ['node:*'],
    plugins: [...(own ? [onlyFrom(library.folder)] : []), ...(keepEffects ? [whateverManifestsSay] : [])],
    minify: !readable,
    legalComments: 'none',
    logLevel: 'silent',
  })
  return outputFiles[0].text
}

/** Leaves whatever resolves outside of a folder, or is installed in it, to the one who imports. */
function onlyFrom(folder) {
  return {
    name: 'only-own-code',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, async ({ path: specifier, resolveDir, kind, pluginData }) => {
        if (pluginData === 'asked') return undefined
        const { path: found } = await build.resolve(specifier, { resolveDir, kind, pluginData: 'asked' })
        const own = found.startsWith(folder + path.sep) && !found.includes('node_modules')
        return own ? undefined : { path: specifier, external: true }
      })
    },
  }
}

const whateverManifestsSay = {
  name: 'whatever-manifests-say',
  setup(build) {
    build.onResolve({ filter: /./ }, async ({ path: specifier, resolveDir, kind, pluginData }) => {
      if (pluginData === 'asked' || kind === 'entry-point') return undefined
      const { path: found, external } = await build.resolve(specifier, {
        resolveDir,
        kind,
        pluginData: 'asked',
      })
      return { path: found, external, sideEffects: true }
    })
  },
}

async function exportedNames(library, sources) {
  const { metafile } = await build({
    stdin: { contents: `export * from '${library.name}'`, resolveDir: library.folder },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    conditions: sources ? ['@logodds/source'] : [],
    external: ['node:*'],
    logLevel: 'silent',
  })
  return Object.values(metafile.outputs)[0].exports
}

/** Whether a bundle with its names kept declares this one, or a module of that name came with it. */
function declares(code, word) {
  return new RegExp(`(function\\*?|const|let|var|class) ${word}\\b|^// .*\\b${word}/`, 'm').test(code)
}

/** What a minified module does after its imports. */
const withoutImports = (code) => code.replace(/^(import\s*([\w$*{},\s]+from)?\s*"[^"]*";?\s*)+/, '').trim()

/** One sentence for each fault. */
export const faultsOf = (rows) =>
  rows.flatMap(({ what, faults }) => faults.map((fault) => `${what}: ${fault}`))

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const sources = process.argv.includes('--sources')
  const unbuilt = sources
    ? []
    : libraries().filter(({ folder }) => !existsSync(path.join(folder, 'dist/index.js')))
  if (unbuilt.length > 0) throw new Error(`not built: ${unbuilt.map(({ name }) => name).join(', ')}`)
  const rows = await measurements({ sources })
  for (const { what, bytes, ceiling, faults } of rows) {
    console.log(
      `${String(bytes).padStart(6)} of ${String(ceiling).padStart(5)}  ${what}${faults.length ? '  ✗' : ''}`,
    )
  }
  for (const fault of faultsOf(rows)) console.error(fault)
  process.exitCode = faultsOf(rows).length > 0 ? 1 : 0
}
