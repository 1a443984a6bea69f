// Random rows to judge, for properties: labels 0 and 1, both of them present, and scores on a coarse grid, so that there are ties.
import fc from 'fast-check'

export interface Row {
  label: number
  score: number
  weight: number
}

export const rows = fc
  .array(
    fc.record({
      label: fc.integer({ min: 0, max: 1 }),
      score: fc.integer({ min: -6, max: 6 }),
      weight: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 40 },
  )
  .map((drawn): Row[] => [{ label: 0, score: 1, weight: 2 }, { label: 1, score: 1, weight: 1 }, ...drawn])

/** The same rows in another order. */
export const shuffledRows = rows.chain((drawn) =>
  fc.tuple(fc.constant(drawn), fc.shuffledSubarray(drawn, { minLength: drawn.length })),
)

export const truthOf = (drawn: Row[]) => drawn.map((row) => row.label)
export const scoresOf = (drawn: Row[]) => drawn.map((row) => row.score)
export const weightsOf = (drawn: Row[]) => drawn.map((row) => row.weight)
/** Each row as often as its weight says. */
export const repeated = (drawn: Row[]) => drawn.flatMap((row) => Array<Row>(row.weight).fill(row))
