// Files are written whole or not at all, and several of them together: each goes to a temporary name first, then all are renamed.
import { randomUUID } from 'node:crypto'
import { access, constants, mkdir, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { userError } from './user-error.ts'

/** A file to be written. */
export interface OutputFile {
  /** As the user wrote it, for messages. */
  readonly name: string
  readonly path: string
  readonly text: string
}

/** The file called `name` as seen from `cwd`. */
export function outputFile(cwd: string, name: string, text: string): OutputFile {
  return { name, path: resolve(cwd, name), text }
}

/** Checks before any work that a file can be put at `name`, and that it is not one of the files that are read. */
export async function checkOutput(
  flag: string,
  cwd: string,
  name: string,
  reads: readonly string[],
): Promise<void> {
  const path = resolve(cwd, name)
  const there = await statOrNull(path)
  if (there && !there.isFile())
    throw userError(
      `${flag} ${name}: expected the name of a file, this is ${there.isDirectory() ? 'a folder' : 'a device or a pipe'}`,
    )
  for (const read of reads) {
    if (await sameFile(resolve(cwd, read), path))
      throw userError(`${flag} ${name}: would overwrite ${read}, which is read; choose another name`)
  }
  await checkFolder(flag, name, dirname(path))
}

/** Checks before any work that `name` is a folder that can be written to, or can become one. */
export async function checkOutputFolder(flag: string, cwd: string, name: string): Promise<void> {
  await checkFolder(flag, name, resolve(cwd, name))
}

/** Writes all the files, or none; makes their folders. */
export async function writeTogether(files: readonly OutputFile[]): Promise<void> {
  const staged = await Promise.all(
    files.map(async (file) => {
      // Through a link, so that the link stays one.
      const path = await realpath(file.path).catch(() => file.path)
      return { ...file, path, part: `${path}.${randomUUID()}.part` }
    }),
  )
  const made: string[] = []
  let current = staged[0]
  try {
    for (current of staged) {
      const first = await mkdir(dirname(current.path), { recursive: true })
      if (first) made.push(first)
      await writeFileAtomic(current.part, current.text)
    }
    for (current of staged) await rename(current.part, current.path)
  } catch (error) {
    // A part that cannot even be looked for was never written.
    for (const path of [...staged.map(({ part }) => part), ...made])
      await rm(path, { recursive: true, force: true }).catch(() => undefined)
    throw userError(`${current.name}: cannot write it: ${reason(error)}`)
  }
}

async function checkFolder(flag: string, name: string, folder: string): Promise<void> {
  const there = await statOrNull(folder)
  if (!there && dirname(folder) !== folder) return checkFolder(flag, name, dirname(folder))
  if (!there?.isDirectory()) throw userError(`${flag} ${name}: ${folder} is a file, not a folder`)
  const writable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  )
  if (!writable) throw userError(`${flag} ${name}: no permission to write to ${folder}`)
}

const statOrNull = (path: string) => stat(path).catch(() => null)

async function sameFile(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([a, b].map((path) => realpath(path).catch(() => path)))
  return first === second
}

function reason(error: unknown): string {
  switch ((error as { code?: unknown }).code) {
    case 'EACCES':
    case 'EPERM':
      return 'no permission'
    case 'EROFS':
      return 'the file system is read-only'
    case 'ENOSPC':
      return 'the disk is full'
    case 'ENOTDIR':
    case 'EEXIST':
      return 'a part of its path is a file, not a folder'
    case 'EISDIR':
      return 'it is a folder'
    default:
      return error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error)
  }
}
