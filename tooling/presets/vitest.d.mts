import type { ViteUserConfig } from 'vitest/config'

/** `overrides` are merged into the config's `test` part. */
export function unit(overrides?: ViteUserConfig['test']): ViteUserConfig
