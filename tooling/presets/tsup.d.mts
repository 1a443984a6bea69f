import type { Options } from 'tsup'

export function library(overrides?: Options): unknown
