// Writes docs/solvers.md and its drawings.
import { writeFileSync } from 'node:fs'
import { page } from './page.ts'

for (const [name, text] of page()) {
  writeFileSync(new URL(`../../../docs/${name}`, import.meta.url), text)
  console.log(`docs/${name}`)
}
