// Where the programs of the runners are.
import { fileURLToPath } from 'node:url'
import type { Runner } from './task.ts'

export const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/** Python with the peers in it: PYTHON, or the system's own, where a distribution's packages are. */
export const python = process.env.PYTHON ?? '/usr/bin/python3'

export const rscript = process.env.RSCRIPT ?? 'Rscript'

/** A runner of ours, from the sources. */
export const ourRunner = (name: string, file: string, ...more: string[]): Runner => ({
  name,
  command: [
    process.execPath,
    '--import',
    'tsx',
    '--conditions=@logodds/source',
    here(`runners/${file}`),
    ...more,
  ],
})
