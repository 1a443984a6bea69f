// Writes docs/solvers.md and its drawings, or the same files into another folder: `tsx --conditions=@logodds/source src/write.ts [folder]`.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { page } from './page.ts'

const folder = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, '../../../docs'))
for (const [name, text] of page()) writeFileSync(path.join(folder, name), text)
