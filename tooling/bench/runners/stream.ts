// What memory can deliver: bytes a second of a sum over so many bytes. Arguments: the data's folder, the number of bytes.
import { denseModule } from '../../../packages/kernels/src/dense-module.ts'
import { memoryOf } from '../../../packages/kernels/src/web-assembly.ts'
import { serve } from './serve.ts'

// Behind what the module keeps in memory itself.
const FIRST = 4096
const REPEATS = 5

const bytes = Number(process.argv[3]) & ~7
const memory = memoryOf(FIRST + bytes)
// Pages that nobody has written to are one page.
new Float64Array(memory.buffer, FIRST, bytes / 8).fill(1)
const { stream } = denseModule(memory)

await serve(() => {
  let fastest = Infinity
  for (let k = 0; k < REPEATS; k++) {
    const from = performance.now()
    stream(FIRST, bytes / 8)
    fastest = Math.min(fastest, performance.now() - from)
  }
  return (bytes / fastest) * 1000
})
