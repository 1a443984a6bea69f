// The command line in processes of its own: from a clone without a build, from any folder, through npm.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { fixturePath } from './in-process.ts'

const app = join(import.meta.dirname, '..')
const root = join(app, '..', '..')

/** A folder inside the clone, two levels down, where git does not look. */
function subfolder() {
  const reports = join(root, 'reports')
  mkdirSync(reports, { recursive: true })
  const path = mkdtempSync(join(reports, 'logodds-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  mkdirSync(join(path, 'data'))
  copyFileSync(fixturePath('spector.csv'), join(path, 'data', 'spector.csv'))
  return path
}

function spawned(command: string, args: string[], cwd: string, env: Record<string, string> = {}) {
  const { INIT_CWD: _, ...inherited } = process.env
  return spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...inherited, ...env } })
}

test('npm run logodds, from a subfolder: relative paths, clean stdout, a model that predicts', () => {
  const folder = subfolder()
  const logodds = (...args: string[]) => spawned('npm', ['run', '--silent', 'logodds', '--', ...args], folder)
  const fit = logodds('fit', 'data/spector.csv', '--target', 'GRADE', '--out', 'out/model.json', '--json')
  expect(fit.status, fit.stderr).toBe(0)
  expect(JSON.parse(fit.stdout)).toMatchObject({ format: 'logodds/fit', n: 32 })
  expect(existsSync(join(folder, 'out', 'model.json'))).toBe(true)
  const predict = logodds('predict', './out/model.json', 'data/spector.csv')
  expect(predict.stdout.split('\n')[0]).toBe('predicted,probability_0,probability_1')
  const wrong = logodds('fit', 'data/spector.csv', '--target', 'none', '--out', 'other.json')
  expect([wrong.status, wrong.stdout]).toEqual([2, ''])
  expect(wrong.stderr).toContain('logodds fit: data/spector.csv: no column "none"')
  expect(existsSync(join(folder, 'other.json'))).toBe(false)
})

test('exit codes are passed on, and there is no colour in a pipe', () => {
  const folder = subfolder()
  const launcher = join(app, 'bin', 'from-clone.mjs')
  const logodds = (...args: string[]) => spawned(process.execPath, [launcher, ...args], join(folder, 'data'))
  const short = logodds('fit', 'spector.csv', '--target', 'GRADE', '--max-iterations', '1')
  expect(short.status).toBe(1)
  expect(short.stdout).toContain('Not converged')
  expect(short.stdout + short.stderr).not.toContain(String.fromCharCode(27))
  const missing = logodds('fit', 'none.csv', '--target', 'y')
  expect([missing.status, missing.stdout, missing.stderr]).toEqual([
    2,
    '',
    'logodds fit: none.csv: no such file\n',
  ])
})

test('where the user stands is what npm says, not the folder of the script', () => {
  const folder = subfolder()
  const { status, stderr } = spawned(
    process.execPath,
    [join(app, 'bin', 'from-clone.mjs'), 'split', 'data/spector.csv', '--target', 'GRADE', '--out', 'parts'],
    root,
    { INIT_CWD: folder },
  )
  expect(status, stderr).toBe(0)
  expect(readFileSync(join(folder, 'parts', 'train.csv'), 'utf8')).toMatch(/^GPA,TUCE,PSI,GRADE\n/)
})
