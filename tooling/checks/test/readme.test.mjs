import { readmeExamples } from '@logodds/presets/readme'

readmeExamples(import.meta.url, { readme: new URL('../../../README.md', import.meta.url) })
