// Commands that belong to the contract and are not built yet: refused by name.
import type { Command } from 'commander'
import { userError } from '../user-error.ts'

export function addLater(program: Command): void {
  const later = {
    compare: 'likelihood-ratio test of nested models (not built yet)',
    diagnose: 'separation, collinearity, influence, calibration (not built yet)',
  }
  for (const [name, summary] of Object.entries(later)) {
    program
      .command(name)
      .summary(summary)
      .description(`To come: ${summary}.`)
      .argument('[arguments...]')
      .allowUnknownOption()
      .action(() => {
        throw userError('not built yet; there are fit, predict, evaluate and split')
      })
  }
}
