// The command line from a clone, without a build: `npm run --silent logodds -- fit data.csv …`, from the root of the clone or any
// folder whose nearest package.json is the root's or this app's, as npm takes the nearest.
// Plain JavaScript with no dependencies, as it may have to install them first.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const app = dirname(dirname(fileURLToPath(import.meta.url)))
const root = dirname(dirname(app))
// npm runs scripts in the folder of package.json, and says here where the user stands.
const from = process.env.INIT_CWD ?? process.cwd()

if (!isInstalled()) install()
process.exitCode = run(process.argv.slice(2))

/** Whether what is installed is what the lockfile says: pnpm keeps a copy of it. */
function isInstalled() {
  try {
    const read = (...names) => readFileSync(join(root, ...names), 'utf8')
    return read('pnpm-lock.yaml') === read('node_modules', '.pnpm', 'lock.yaml')
  } catch {
    return false
  }
}

function install() {
  // stdout is kept for the command's own result.
  console.error('logodds: installing the dependencies, once')
  const { status, error } = spawnSync('npx', ['--yes', 'pnpm@10', 'install', '--frozen-lockfile'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    console.error(`logodds: cannot install the dependencies${error ? `: ${error.message}` : ''}`)
    process.exit(2)
  }
}

function run(args) {
  const { status, signal, error } = spawnSync(
    process.execPath,
    [
      '--conditions=@logodds/source',
      '--import',
      import.meta.resolve('tsx'),
      join(app, 'src', 'bin.ts'),
      ...args,
    ],
    {
      cwd: from,
      stdio: 'inherit',
      // Not the tsconfig.json of the folder where the user stands.
      env: { ...process.env, TSX_TSCONFIG_PATH: join(app, 'tsconfig.json') },
    },
  )
  if (error) throw error
  return status ?? 128 + constants.signals[signal]
}
