// Logistic regressions with penalties and constraints of every kind, with minimisers to 17 digits and what glmnet finds.
import { readFileSync } from 'node:fs'
import { box } from '../src/box.ts'
import { elasticNet } from '../src/elastic-net.ts'
import { groupLasso } from '../src/group-lasso.ts'
import type { Constraint, KinkedPenalty, Penalty } from '../src/penalty.ts'
import { logistic } from './bank.ts'

interface Fixture {
  readonly X: number[][]
  readonly y: number[]
  readonly problems: readonly {
    readonly name: string
    readonly kind: 'elastic' | 'group' | 'bounds'
    readonly lambda: number
    readonly alpha: number
    readonly weights: number[]
    readonly groups: number[]
    readonly lower: (number | null)[]
    readonly upper: (number | null)[]
    readonly solution: number[]
    readonly value: number
  }[]
  readonly glmnet: Record<string, number[]>
}
const fixture: Fixture = JSON.parse(readFileSync(new URL('fixtures/composite.json', import.meta.url), 'utf8'))

export const { X, y } = fixture
export const oracle = logistic(X, y, 0)
export const start = new Float64Array(13)

const size = 13
const intercept = Float64Array.from({ length: size }, (_, j) => Number(j > 0))
const ones = new Float64Array(size).fill(1)

export const problems = fixture.problems.map(
  ({ name, kind, lambda, alpha, weights, groups, lower, upper, ...known }) => {
    const bounds = (of: (number | null)[], none: number) => of.map((v) => v ?? none)
    const penalty: Penalty | KinkedPenalty | Constraint =
      kind === 'elastic'
        ? elasticNet(lambda, alpha, { weights })
        : kind === 'group'
          ? // Group −1, the intercept, is none; the others are 0, 1, 2, 3.
            groupLasso(lambda, groups.slice(1)).inCoordinates(
              intercept,
              ones,
              Float64Array.from(ones, (_, j) => j - 1),
            )
          : box(bounds(lower, -Infinity), bounds(upper, Infinity))
    return {
      name,
      penalty,
      value: known.value,
      solution: Float64Array.from(known.solution),
      glmnet: fixture.glmnet[name],
    }
  },
)
export const isKinked = (p: Penalty): p is KinkedPenalty => 'strengths' in p
export const isConstraint = (p: Penalty): p is Constraint => 'constraint' in p
