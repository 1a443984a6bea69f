// How a package becomes what is published: ESM and CJS, each with its own types. The only file that knows tsup.
import { defineConfig } from 'tsup'

export const library = (overrides = {}) =>
  defineConfig({
    entry: ['src/index.ts'],
    format: ['esm', 'cjs'],
    // "neutral" loses the named exports of the .cjs file.
    platform: 'node',
    target: 'es2022',
    dts: { compilerOptions: { ignoreDeprecations: '6.0', allowImportingTsExtensions: true } },
    sourcemap: true,
    treeshake: true,
    clean: true,
    ...overrides,
  })
