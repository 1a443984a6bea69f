// Random cases against plain TypeScript for so many seconds: `node scripts/fuzz.mjs [seconds] [first seed]`. Writes the seeds that fail,
// which belong into test/fuzz.test.ts.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const [seconds, first] = [Number(process.argv[2] ?? 60), Number(process.argv[3] ?? Date.now() % 2 ** 31)]
const folder = mkdtempSync(path.join(tmpdir(), 'logodds-fuzz-'))
const outfile = path.join(folder, 'fuzz.mjs')
await build({
  entryPoints: [fileURLToPath(new URL('../test/fuzz-case.ts', import.meta.url))],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  conditions: ['@logodds/source'],
})
const { fuzz } = await import(pathToFileURL(outfile).href)
rmSync(folder, { recursive: true })

const until = performance.now() + 1000 * seconds
let [seed, failed] = [first, 0]
for (; performance.now() < until; seed++) {
  const wrong = fuzz(seed)
  if (wrong.length > 0) failed++
  for (const what of wrong) console.log(what)
}
console.log(`${seed - first} cases from seed ${first} on in ${seconds} s: ${failed} failed`)
process.exitCode = failed ? 1 : 0
