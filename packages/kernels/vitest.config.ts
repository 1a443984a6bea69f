import { unit } from '@logodds/presets/vitest'

// A browser takes its time to start on a busy machine.
export default unit({ hookTimeout: 60_000 })
