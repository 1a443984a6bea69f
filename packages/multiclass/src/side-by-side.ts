// Several binary problems over the same rows, solved side by side: each pass over the data answers all that are asking.
import { binaryCrossEntropyBlocks } from '@logodds/core'
import {
  type Admitted,
  admit,
  asModel,
  type ClassifierOptions,
  checkOffset,
  checkStart,
  type Label,
  type ModelBody,
  type StartingPoint,
  setUp,
} from '@logodds/linear'
import { minimizeTogether } from '@logodds/optim'
import { demand } from './demand.ts'
import { together } from './together.ts'

export interface SideBySideOptions extends ClassifierOptions {
  offset?: ArrayLike<number> | undefined
  start?: StartingPoint | undefined
  splitWeights?: 'balanced' | undefined
}

/** What the problems are called, and whether they are independent, so that their likelihoods multiply. */
export interface About {
  /** Which problem k is, at the start of a sentence. */
  name(k: number): string
  readonly all: string
  readonly independent: boolean
}

/** One binary fit for each of `targets`, which are 0 and 1; with `splitWeights` each with weights and passes of its own. */
export function sideBySide<const Kind>(
  kind: Kind,
  { shared, labels }: Pick<Admitted, 'shared'> & { labels: Parameters<typeof asModel>[2] },
  targets: readonly Float64Array[],
  options: SideBySideOptions,
  { name, all, independent }: About,
): Kind & { classes: Label[] } & ModelBody {
  const { start, splitWeights, onStep } = options
  const { caller } = shared
  demand(
    !splitWeights || (splitWeights === 'balanced' && !options.classWeights),
    caller,
    "splitWeights 'balanced', or class weights",
    `${splitWeights}${options.classWeights ? ' and class weights' : ''}`,
  )
  const offset = checkOffset(caller, options.offset, shared.design.rows, 1)
  checkStart(caller, start, shared.terms.length, targets.length)
  const posed = targets.map((y, k) => {
    const ones = y.reduce((a, b) => a + b)
    return {
      blocks: binaryCrossEntropyBlocks,
      // Of σ(η) σ(−η).
      lossSmoothness: 0.25,
      width: 1,
      y,
      counts: [y.length - ones, ones],
      offset,
      start: start && { coefficients: [start.coefficients[k]], intercepts: [start.intercepts[k]] },
    }
  })
  const fittings = splitWeights
    ? posed.map((problem, k) => {
        const own: ClassifierOptions = {
          ...options,
          classWeights: splitWeights,
          onStep: onStep && ((step) => onStep(step, k)),
        }
        return setUp(admit(caller, shared.design, Array.from(problem.y), own).shared, [problem])
      })
    : [setUp(shared, posed)]
  const solved = fittings.flatMap((fitting) =>
    fitting.finish(
      minimizeTogether(fitting.oracle, fitting.solvers, fitting.starts, { onStep: fitting.watch }),
    ),
  )
  const records = solved.map(({ record }) => record)
  const sum = (of: 'passes' | 'logLikelihood') =>
    records.reduce((total, record) => total + (record[of] as number), 0)
  return asModel(kind, fittings[0], labels, offset, {
    coefficients: solved.map(({ coefficients }) => coefficients[0]),
    intercepts: solved.map(({ intercepts }) => intercepts[0]),
    aliased: solved[0].aliased,
    record: {
      ...together(records, name, all),
      ...(splitWeights && { passes: sum('passes') }),
      ...(independent && { logLikelihood: sum('logLikelihood') }),
    },
  })
}
