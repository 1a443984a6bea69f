import { library } from '@logodds/presets/tsup'

// '#document' stays in the output: package.json's "imports" say which file it is, so that no browser bundle holds linkedom.
export default library({
  entry: ['src/index.ts', 'src/document.ts', 'src/document.browser.ts'],
  external: ['#document'],
})
