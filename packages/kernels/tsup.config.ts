import { library } from '@logodds/presets/tsup'

export default library()
