#!/usr/bin/env node
// The process around the command line.
import { run } from './main.ts'

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // `logodds … | head` closes the pipe: not an error.
    if (error.code === 'EPIPE') return
    // A full disk, say. What could not be written there may still be told on the other stream.
    if (stream === process.stdout) process.stderr.write(`logodds: cannot write to stdout: ${error.message}\n`)
    process.exit(2)
  })

const takesColour = (stream: NodeJS.WriteStream) =>
  stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb'

try {
  process.exitCode = await run(process.argv.slice(2), {
    cwd: process.cwd(),
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    colour: { out: takesColour(process.stdout), err: takesColour(process.stderr) },
  })
} catch (error) {
  // Not the user's mistake, so not exit code 2, and nothing a fit could end with.
  console.error('logodds: internal error, please report it')
  console.error(error)
  process.exitCode = 70
}
