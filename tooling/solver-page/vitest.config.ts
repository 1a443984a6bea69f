import { unit } from '@logodds/presets/vitest'

export default unit()
