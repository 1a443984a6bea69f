// How a package's tests run: from sources (no build), and with a JSON report that the one closing line of CI adds up.
import { defineConfig } from 'vitest/config'

export const unit = (overrides = {}) =>
  defineConfig({
    // The README examples are written there and removed: not a change to run the tests again for.
    server: { watch: { ignored: ['**/.readme/**'] } },
    resolve: { conditions: ['@logodds/source'] },
    ssr: { resolve: { conditions: ['@logodds/source'], externalConditions: ['@logodds/source'] } },
    test: {
      include: ['test/**/*.test.ts'],
      reporters: ['default', 'json'],
      outputFile: { json: 'reports/vitest.json' },
      testTimeout: 60_000,
      ...overrides,
    },
  })
