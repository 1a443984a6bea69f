import { library } from '@logodds/presets/tsup'

// '#csv-parse' stays in the output: package.json's "imports" say which build of the parser it is, Node's or the browser's.
export default library({ external: ['#csv-parse'] })
