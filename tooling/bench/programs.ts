// Where the programs of the runners are.
import { fileURLToPath } from 'node:url'

export const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/** Python with the peers in it: PYTHON, or the system's own, where a distribution's packages are. */
export const python = process.env.PYTHON ?? '/usr/bin/python3'
