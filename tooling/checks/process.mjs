// Another program, run to its end: what it printed, or an error with the last of what it printed.
import { spawn } from 'node:child_process'

export function run(file, args, { cwd, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let both = ''
    child.stdout.on('data', (chunk) => {
      stdout += chunk
      both += chunk
    })
    child.stderr.on('data', (chunk) => {
      both += chunk
    })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code === 0) resolve(stdout)
      else
        reject(new Error(`${[file, ...args].join(' ')} ended with ${code ?? signal}\n${both.slice(-4000)}`))
    })
  })
}
