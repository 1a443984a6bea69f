// The command line as a function: arguments in, exit code out. 0 done, 1 a fit that is not converged, 2 the command line or the data are
// wrong (one line on stderr).
import { isDataError } from '@logodds/data'
import { Command, CommanderError } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { addDemo } from './commands/demo.ts'
import { addEvaluate } from './commands/evaluate.ts'
import { addFit } from './commands/fit.ts'
import { addLater } from './commands/later.ts'
import { addPredict } from './commands/predict.ts'
import { addSplit } from './commands/split.ts'
import { LINE_WIDTH } from './table-text.ts'
import { isUserError, userError } from './user-error.ts'
import type { World } from './world.ts'

/** Runs `logodds ...argv`. An error that is nobody's mistake but ours is thrown. */
export async function run(argv: readonly string[], world: World): Promise<number> {
  let exitCode = 0
  const program = commands(world, (code) => {
    exitCode = code
  })
  try {
    if (argv.length === 0) throw userError(`expected a command: ${commandNames(program).join(', ')}`)
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0
      const command = commandNames(program).find((name) => name === argv[0])
      const name = ['logodds', command].filter(Boolean).join(' ')
      world.err(`${name}: ${sentence(error)}; see ${name} --help\n`)
      return 2
    }
    if (isUserError(error) || isDataError(error)) {
      const name = argv.length === 0 ? 'logodds' : `logodds ${argv[0]}`
      world.err(`${name}: ${oneLine(error.message)}${argv.length === 0 ? '; see logodds --help' : ''}\n`)
      return 2
    }
    throw error
  }
}

function commands(world: World, finish: (exitCode: number) => void): Command {
  const program = new Command('logodds')
    .description('Logistic regression on the command line.')
    .version(packageJson.version)
    .exitOverride()
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .configureOutput({
      writeOut: (text) => world.out(text),
      // Errors are written in one place, above.
      writeErr: () => undefined,
      outputError: () => undefined,
      getOutHelpWidth: () => LINE_WIDTH,
      getOutHasColors: () => world.colour.out,
    })
  addSplit(program, world, finish)
  addFit(program, world, finish)
  addPredict(program, world, finish)
  addEvaluate(program, world, finish)
  addDemo(program, world, finish, run)
  addLater(program)
  return program
}

const commandNames = (program: Command) => program.commands.map((command) => command.name())

const sentence = ({ message }: CommanderError) => oneLine(message.replace(/^error: /, '').replace(/\.$/, ''))

const oneLine = (text: string) => text.replaceAll(/\s*[\r\n]\s*/g, ' ')
