// Warnings go to stderr, also beside --json: stdout holds the result alone.
import pc from 'picocolors'
import { paragraph } from './paragraph.ts'
import type { World } from './world.ts'

export function warn(world: World, warnings: readonly string[]): void {
  const ink = pc.createColors(world.colour.err)
  for (const warning of warnings) world.err(paragraph(`warning: ${warning}`, { hang: 2, paint: ink.yellow }))
}
