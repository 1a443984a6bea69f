// The script of the page under test, and of its worker.
import { engage } from '../../src/crew.ts'
import { threads } from '../../src/index.ts'
import { everything, together } from './everything.ts'

interface Messages {
  onmessage: (event: { data: unknown }) => void
  onerror: (event: unknown) => void
  postMessage(message: unknown): void
  terminate(): void
}
const scope = globalThis as unknown as Messages & { Worker: new (url: string) => Messages }

/** Each answers where it is called: on the page's thread, or its worker's. */
const answers = {
  alone: () => {
    threads(1)
    return everything()
  },
  together: () => together(3, engage),
}

const inWorker = !('document' in globalThis)
if (inWorker)
  scope.onmessage = async ({ data }) => scope.postMessage(await answers[data as keyof typeof answers]())
else
  Object.assign(globalThis, {
    answers,
    ofWorker: (question: keyof typeof answers) =>
      new Promise((resolve, reject) => {
        const worker = new scope.Worker('page.js')
        worker.onmessage = ({ data }) => {
          resolve(data)
          worker.terminate()
        }
        worker.onerror = reject
        worker.postMessage(question)
      }),
  })
