// Files that a command reads: found, readable and no folders, before any work is done.
import { access, constants, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { userError } from './user-error.ts'

/** The path of a file that can be read; `hint` says where such a file comes from. */
export async function inputPath(cwd: string, name: string, hint = ''): Promise<string> {
  const path = resolve(cwd, name)
  try {
    await access(path, constants.R_OK)
  } catch (error) {
    throw userError(
      `${name}: ${(error as { code?: unknown }).code === 'EACCES' ? 'no permission to read it' : `no such file${hint}`}`,
    )
  }
  if ((await stat(path)).isDirectory()) throw userError(`${name}: expected a file, this is a folder`)
  return path
}
