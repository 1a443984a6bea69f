// A source as its users get it: one minified script with all that it imports.
import { fileURLToPath } from 'node:url'
import { build, type Format } from 'esbuild'

export async function bundled(source: URL, format: Format): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(source)],
    bundle: true,
    write: false,
    minify: true,
    target: 'es2022',
    format,
    conditions: ['@logodds/source'],
  })
  return outputFiles[0].text
}
