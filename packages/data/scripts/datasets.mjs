// Writes src/datasets/*.generated.ts from datasets/*.csv, so that the data sets also work where there are no files.
// `node scripts/datasets.mjs` writes; with --check it only compares, and fails if a module is not what its file makes.
import { readFileSync, writeFileSync } from 'node:fs'

for (const [file, constant] of [
  ['breast_cancer', 'breastCancerCsv'],
  ['iris', 'irisCsv'],
]) {
  const csv = readFileSync(new URL(`../datasets/${file}.csv`, import.meta.url), 'utf8')
  if (/[`\\$"\r]/.test(csv)) throw new Error(`${file}.csv: expected plain fields and LF line ends`)
  const target = new URL(`../src/datasets/${file.replace('_', '-')}.generated.ts`, import.meta.url)
  const module = `// Made from datasets/${file}.csv by scripts/datasets.mjs; change that file, not this one.\nexport const ${constant} = \`${csv}\`\n`
  if (!process.argv.includes('--check')) writeFileSync(target, module)
  else if (readFileSync(target, 'utf8') !== module)
    throw new Error(`${target.pathname} is out of date: run scripts/datasets.mjs`)
}
