import { readmeExamples } from '@logodds/presets/readme'

readmeExamples(import.meta.url)
