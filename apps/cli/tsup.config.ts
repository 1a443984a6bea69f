import { library } from '@logodds/presets/tsup'

// A command, not a library: one ESM file to run, no types.
export default library({ entry: ['src/bin.ts'], format: ['esm'], dts: false })
