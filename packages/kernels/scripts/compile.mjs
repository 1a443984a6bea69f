// Compiles each source in assembly/ to WebAssembly and writes it to src/ as hexadecimal text, and worker/ as the text of a script:
// `node scripts/compile.mjs --write`. What is committed is what this gives; a test compiles again and compares.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import asc from 'assemblyscript/asc'
import ts from 'typescript'

const at = (place) => new URL(`../${place}`, import.meta.url)

/** Each file is a module; a folder of its name holds its parts. */
export const sources = readdirSync(at('assembly')).filter((name) => name.endsWith('.ts'))

/** Where the compiled form of a source is kept. */
export const generated = (name) => at(`src/${name.replace(/\.ts$/, '.generated.ts')}`)

/** The text of the generated file of one source. */
export async function compile(name) {
  const hex = await assemble(name, (file) => readFileSync(at(`assembly/${file}`), 'utf8'))
  return `// Made by scripts/compile.mjs from assembly/${name}: do not edit.\nexport const wasm =\n  '${hex}'\n`
}

/** A module in hexadecimal: longer than base64, but a quarter less when packed, as bytes stay bytes. `read` gives the text of a file or throws; `more` are further options of the compiler. */
export async function assemble(name, read, more = []) {
  let binary
  const { error, stderr } = await asc.main(
    // No runtime: the kernels manage their memory themselves, which whoever calls them provides.
    [
      name,
      '--outFile',
      'out.wasm',
      '--optimizeLevel',
      '3',
      '--runtime',
      'stub',
      '--noAssert',
      '--importMemory',
      // All that there can be: with a limit, that memory is shared is one bit of the code.
      '--maximumMemory',
      '65536',
      '--enable',
      'simd',
      '--use',
      'abort=',
      ...more,
    ],
    {
      readFile: (file) => {
        try {
          return read(file)
        } catch {
          return null
        }
      },
      writeFile: (_, contents) => {
        binary = contents
      },
      listFiles: () => [],
    },
  )
  if (error || !binary) throw new Error(`${name}: ${stderr.toString() || error}`)
  return Buffer.from(binary).toString('hex')
}

/** Where the script of a worker is kept. */
export const script = at('src/member.generated.ts')

/** The text of that file: the worker's source and what it imports as one script, without types and comments. */
export function compileScript() {
  const parts = ['src/desk.ts', 'worker/member.ts'].map((file) => {
    const compilerOptions = { target: 'es2022', module: 'esnext', removeComments: true }
    const { outputText } = ts.transpileModule(readFileSync(at(file), 'utf8'), { compilerOptions })
    return outputText.replace(/^import .*$/gm, '').replace(/^export /gm, '')
  })
  const [desk, member] = parts
  // Places on the desk as numbers.
  const places = [...desk.matchAll(/const (\w+) = (\d+)/g)]
  const body = places.reduce(
    (rest, [, name, place]) => rest.replace(new RegExp(`\\b${name}\\b`, 'g'), place),
    member,
  )
  const text = `'use strict';(() => {\n${body.replace(/^\s+/gm, '')}})()\n`
  return `// Made by scripts/compile.mjs from worker/member.ts: do not edit.\nexport const source =\n  ${JSON.stringify(text)}\n`
}

if (process.argv.includes('--write')) {
  writeFileSync(script, compileScript())
  for (const name of sources) writeFileSync(generated(name), await compile(name))
}
