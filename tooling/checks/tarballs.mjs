// What users install, tried as users do: every published package is packed, looked through by publint and attw, and all of
// them are installed into fresh ESM, CommonJS, TypeScript and Vite projects that fit a model. Build first.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { run } from './process.mjs'
import { libraries, workspacePackages } from './workspace.mjs'

const require = createRequire(import.meta.url)
/** The file behind a command of an installed package: no shell, no shim. */
const command = (name, bin) => path.join(path.dirname(packageJson(name)), bin)
const node = (...args) => [process.execPath, args]

const published = workspacePackages().filter((entry) => entry.published)
const importable = new Set(libraries().map(({ name }) => name))
/** The catalog in pnpm-workspace.yaml says why. */
const pinnedOnPurpose = ['linkedom']
const scratch = mkdtempSync(path.join(tmpdir(), 'logodds-tarballs-'))
const failures = []

async function attempt(what, work) {
  try {
    await work()
    console.log(`ok  ${what}`)
  } catch (error) {
    console.log(`✗   ${what}`)
    failures.push(`${what}: ${error.message}`)
  }
}

/** With pnpm, which replaces `workspace:` and `catalog:` by versions. */
async function pack() {
  const folder = path.join(scratch, 'tarballs')
  mkdirSync(folder)
  const packed = []
  for (const { name, folder: cwd } of published) {
    const known = new Set(readdirSync(folder))
    await run('npx', ['--yes', 'pnpm@10', 'pack', '--pack-destination', folder], { cwd })
    const file = readdirSync(folder).find((candidate) => !known.has(candidate))
    packed.push({ name, file: path.join(folder, file) })
  }
  return packed
}

async function look({ name, file }) {
  const extracted = path.join(scratch, 'extracted', name)
  await attempt(`${name}: content`, async () => {
    mkdirSync(extracted, { recursive: true })
    await run('tar', ['-xzf', file, '-C', extracted])
    contentOf(path.join(extracted, 'package'))
  })
  await attempt(`${name}: publint`, () =>
    run(...node(command('publint', 'src/cli.js'), 'run', file, '--strict')),
  )
  if (!importable.has(name)) return
  const attw = command('@arethetypeswrong/cli', 'dist/index.js')
  const options = ['--profile', 'node16', '--entrypoints', '.', '--no-definitely-typed', '--format', 'ascii']
  await attempt(`${name}: attw`, () => run(...node(attw, file, ...options)))
}

function contentOf(folder) {
  const files = readdirSync(folder, { recursive: true }).map((file) => file.split(path.sep).join('/'))
  const text = readFileSync(path.join(folder, 'package.json'), 'utf8')
  const manifest = JSON.parse(text)
  for (const needed of ['LICENSE', 'README.md', 'dist', 'src']) {
    if (!files.includes(needed)) throw new Error(`${needed} is not in the tarball`)
  }
  const surplus = files.find((file) =>
    /^(test|bench|reports|scripts)\/|\.(test|bench)\.|tsconfig|vitest|tsup/.test(file),
  )
  if (surplus) throw new Error(`${surplus} is in the tarball`)
  if (/"(workspace|catalog|link|file):/.test(text)) throw new Error('a version was not replaced')
  const script = ['preinstall', 'install', 'postinstall', 'prepare'].find((name) => manifest.scripts?.[name])
  if (script || files.includes('binding.gyp')) throw new Error(`installing runs ${script ?? 'node-gyp'}`)
  const pinned = Object.entries(manifest.dependencies ?? {}).find(
    ([name, range]) => !range.startsWith('^') && !pinnedOnPurpose.includes(name),
  )
  if (pinned)
    throw new Error(`${pinned[0]} is published as ${pinned[1]}: a run-time dependency needs a caret`)
}

/** A new folder with the tarballs installed by npm, other packages from the registry. */
async function project(kind, tarballs, type, files) {
  const cwd = path.join(scratch, kind)
  mkdirSync(cwd)
  const dependencies = Object.fromEntries(tarballs.map(({ name, file }) => [name, `file:${file}`]))
  // A range in one of ours is satisfied by the tarball beside it, never by a registry.
  const overrides = Object.fromEntries(tarballs.map(({ name }) => [name, `$${name}`]))
  const manifest = { name: kind, private: true, ...(type && { type }), dependencies, overrides }
  for (const [file, content] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files })) {
    writeFileSync(path.join(cwd, file), content)
  }
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], { cwd })
  return cwd
}

const X = '[[1], [2], [3], [4], [5], [6]]'
const y = "['no', 'no', 'yes', 'no', 'yes', 'yes']"
/** A fit, a prediction and a metric. The slope is R's: `coef(glm(y ~ x, binomial))`, x 1 to 6. */
const fits = `
const X = ${X}
const y = ${y}
const model = fitLogistic(X, y)
const slope = model.coefficients[0]![0]!
if (model.fit.status !== 'converged' || Math.abs(slope - 1.21402758585) > 1e-9) throw new Error(JSON.stringify(model))
const ridge = fitLogistic(X, y, { penalty: l2(0.1) })
if (!(ridge.coefficients[0]![0]! < slope)) throw new Error(JSON.stringify(ridge))
const area = rocAuc(y, positiveProbability(model, X).map(Number), { positive: 'yes' })
if (Math.abs(area - 8 / 9) > 1e-12 || sigmoid(0) !== 0.5) throw new Error(String(area))
`
const names = [
  ['sigmoid', '@logodds/core'],
  ['l2', '@logodds/optim'],
  ['fitLogistic, positiveProbability', '@logodds/linear'],
  ['rocAuc', '@logodds/metrics'],
]
const imports = names.map(([list, from]) => `import { ${list} } from '${from}'`).join('\n')
const requires = names.map(([list, from]) => `const { ${list} } = require('${from}')`).join('\n')
const untyped = (code) => code.replaceAll(']!', ']')
const list = JSON.stringify([...importable])

async function esm(tarballs) {
  const everything = `
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
for (const name of ${list}) {
  const [esm, cjs] = [Object.keys(await import(name)), Object.keys(require(name))]
  const same = esm.filter((key) => key !== 'default' && key !== 'module.exports').sort().join() === cjs.sort().join()
  if (esm.length === 0 || !same) throw new Error(name + ': ' + esm + ' as ESM, ' + cjs + ' as CommonJS')
}
`
  const csv = `x,y\n${JSON.parse(X)
    .map(([x], i) => `${x},${y.match(/\w+/g)[i]}`)
    .join('\n')}\n`
  const cwd = await project('esm', tarballs, 'module', {
    'fit.js': `${imports}\n${untyped(fits)}`,
    'exports.js': everything,
    'data.csv': csv,
  })
  await run(...node('fit.js'), { cwd })
  await run(...node('exports.js'), { cwd })
  await commandLine(cwd)
}

/** The bin, as npx finds it: its version, a fit, predictions from the model. */
async function commandLine(cwd) {
  const logodds = (...args) => run('npx', ['--no-install', 'logodds', ...args], { cwd })
  const { version } = published.find(({ manifest }) => manifest.bin).manifest
  const told = (await logodds('--version')).trim()
  if (told !== version) throw new Error(`logodds --version says ${told}, not ${version}`)
  const fit = JSON.parse(await logodds('fit', 'data.csv', '--target', 'y', '--out', 'model.json', '--json'))
  const slope = fit.coefficients.find(({ term }) => term === 'x').estimate
  if (Math.abs(slope - 1.21402758585) > 1e-9) throw new Error(`logodds fit: the slope is ${slope}`)
  const predictions = await logodds('predict', 'model.json', 'data.csv')
  if (!/^predicted,probability_no,probability_yes/.test(predictions))
    throw new Error(`logodds predict: ${predictions}`)
  await logodds('evaluate', 'model.json', 'data.csv', '--plots', 'plots')
  if (!readdirSync(path.join(cwd, 'plots')).some((file) => file.endsWith('.svg')))
    throw new Error('no plot was drawn')
}

async function commonjs(tarballs) {
  const cwd = await project('cjs', tarballs, undefined, { 'fit.js': `${requires}\n${untyped(fits)}` })
  await run(...node('fit.js'), { cwd })
}

/** Type-checked and compiled as ESM and as CommonJS by Node's rules, and by a bundler's; library types are checked too. */
async function typescript(tarballs) {
  const typed = `${imports}\nimport type { Model } from '@logodds/linear'\n${fits}\nexport const kept: Model = model\n`
  const all = [...importable].map((name, i) => `export * as p${i} from '${name}'`).join('\n')
  const cwd = await project('typescript', tarballs, 'module', {
    'fit.mts': typed,
    'fit.cts': typed,
    'all.ts': `${all}\n`,
  })
  const tsc = command('typescript', 'bin/tsc')
  const strict = [
    '--strict',
    '--skipLibCheck',
    'false',
    '--noUncheckedIndexedAccess',
    '--exactOptionalPropertyTypes',
  ]
  const target = ['--target', 'es2022', '--lib', 'es2022,dom,dom.iterable']
  const files = ['fit.mts', 'fit.cts', 'all.ts']
  const node16 = ['--module', 'node16', '--moduleResolution', 'node16', '--outDir', 'out']
  const bundler = ['--module', 'esnext', '--moduleResolution', 'bundler', '--noEmit']
  await run(...node(tsc, ...strict, ...target, ...node16, ...files), { cwd })
  await run(...node(tsc, ...strict, ...target, ...bundler, 'fit.mts', 'all.ts'), { cwd })
  await run(...node('out/fit.mjs'), { cwd })
  await run(...node('out/fit.cjs'), { cwd })
}

/** Built for a page; the script of the page then runs, without anything that only Node has. */
async function vite(tarballs) {
  const cwd = await project('vite', tarballs, 'module', {
    'index.html': '<!doctype html><script type="module" src="/main.ts"></script>',
    'main.ts': `${imports}\n${fits}\nconsole.log('slope', slope)\n`,
    'vite.config.js': "export default { base: './', build: { modulePreload: false, target: 'es2022' } }\n",
  })
  await run(...node(command('vite', 'bin/vite.js'), 'build', '--logLevel', 'warn'), { cwd })
  const assets = path.join(cwd, 'dist/assets')
  const script = readdirSync(assets).find((file) => file.endsWith('.js'))
  if (/node:|require\(/.test(readFileSync(path.join(assets, script), 'utf8')))
    throw new Error('the page needs Node')
  const told = await run(...node(path.join(assets, script)), { cwd })
  if (!told.startsWith('slope 1.21402758')) throw new Error(`the built page says ${told}`)
}

function packageJson(name) {
  // Not every package lets its package.json be required.
  const folders = require.resolve.paths(name)
  for (const folder of folders) {
    const file = path.join(folder, name, 'package.json')
    try {
      readFileSync(file)
      return file
    } catch {}
  }
  throw new Error(`${name} is not installed`)
}

try {
  const tarballs = await pack()
  await Promise.all(tarballs.map(look))
  // One after the other: each installs what the one before has left in npm's cache.
  for (const project of [esm, commonjs, typescript, vite])
    await attempt(project.name, () => project(tarballs))
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
for (const failure of failures) console.error(failure)
console.log(failures.length === 0 ? `${published.length} tarballs hold, in four kinds of projects.` : '')
process.exitCode = failures.length > 0 ? 1 : 0
