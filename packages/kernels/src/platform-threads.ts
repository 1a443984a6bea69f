// What the platform offers for threads: workers, in Node and in a page, and how many are of use.
import { source } from './member.generated.ts'

/** A worker of Node or of a page. */
export interface Worker {
  postMessage(message: object): void
  terminate(): unknown
}

interface Surroundings {
  process?: { getBuiltinModule?(name: string): unknown }
  navigator?: { hardwareConcurrency?: number }
  crossOriginIsolated?: boolean
  Worker?: new (url: string) => Worker & { onerror: (event: { preventDefault(): void }) => void }
  Blob: new (parts: readonly string[], options: { type: string }) => object
  URL: { createObjectURL(blob: object): string }
}

interface NodeThreads {
  Worker: new (
    source: string,
    options: { eval: boolean; execArgv: readonly string[] },
  ) => Worker & { unref(): void; on(event: string, listener: () => void): void }
}

const surroundings = () => globalThis as unknown as Surroundings

// Absent from pages, and from Node as it was before 20.16.
const builtin = <Module>(name: string) =>
  surroundings().process?.getBuiltinModule?.(name) as Module | undefined

/** Whether threads can share memory: not in pages that are not cross-origin isolated. */
export const canShare = (): boolean =>
  typeof SharedArrayBuffer !== 'undefined' && surroundings().crossOriginIsolated !== false

/** How many threads the machine runs at a time. */
export function processors(): number {
  const { navigator } = surroundings()
  const os = builtin<{ availableParallelism(): number }>('node:os')
  return (os ? os.availableParallelism() : navigator?.hardwareConcurrency) || 1
}

/** Of the script, once it has been asked for. */
let url = ''

/**
 * A worker that runs the script of a crew's member, as soon as the platform has started it; it keeps no process from ending.
 *
 * @param failed called when it could not be started, or has ended by an error; not while this thread is busy
 * @param ended called when it has ended in any way, where the platform says so; not while this thread is busy
 * @returns undefined where the platform does not allow it
 */
export function startWorker(failed: () => void, ended: () => void): Worker | undefined {
  const { Worker: PageWorker, Blob, URL } = surroundings()
  try {
    const node = builtin<NodeThreads>('node:worker_threads')
    if (node) {
      // Without the options of this process, among them what it loads beforehand.
      const worker = new node.Worker(source, { eval: true, execArgv: [] })
      worker.on('error', failed)
      worker.on('exit', ended)
      worker.unref()
      return worker
    }
    if (!PageWorker) return
    url ||= URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
    const worker = new PageWorker(url)
    worker.onerror = (event) => {
      event.preventDefault()
      failed()
    }
    return worker
  } catch {
    // A page's policy, or a process's permissions.
    return
  }
}

/** Whether this thread may sleep: not the one of a page. */
export function maySleep(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1)
    return true
  } catch {
    return false
  }
}
