// Problems that share the rows of a design: a round of their queries is answered in one pass.
import type { ManyOracle, Oracle } from '@logodds/optim'
import { type Design, eachBlock } from './design.ts'
import type { ObjectiveQuery, ProblemOracle } from './problem.ts'

/** The oracles of problems over one design as one. Each problem counts the passes that answered it. */
export function together(design: Design, problems: readonly ProblemOracle[]): ManyOracle<ObjectiveQuery> {
  const reader = design.reader()
  return (queries, answers) => {
    const alone = queries.findIndex(Boolean)
    const only = queries[alone]
    // Whoever asks alone is answered in whatever way the design is quickest.
    if (only && queries.every((query, k) => !query || k === alone)) {
      answers[alone] = problems[alone].oracle(only)
      return
    }
    const asked = queries.flatMap((query, k) => (query ? [{ k, visit: problems[k].begin(query) }] : []))
    for (const { k } of asked) {
      answers[k] = 0
      problems[k].passes++
    }
    eachBlock(design, reader, (first, rows) => {
      for (const { k, visit } of asked) answers[k] += visit(reader, first, rows)
    })
  }
}

/** The oracle of the first of several problems, alone. */
export function onlyOne(many: ManyOracle<ObjectiveQuery>): Oracle<ObjectiveQuery> {
  const answer = new Float64Array(1)
  return (query) => {
    many([query], answer)
    return answer[0]
  }
}
