import { unit } from './vitest.mjs'

export default unit({ include: ['test/*.test.mjs'] })
