// Random blocks of rows: inside longer data, with rows of weight 0, and out-arrays full of what must be overwritten.
import fc from 'fast-check'
import type { Block } from '../src/loss.ts'

export const GARBAGE = -123.5

/** `drawTarget` is given the width. η is in [−40, 40] with some ±1000; about a third of the weights are 0. */
export function randomBlock(
  drawWidth: fc.Arbitrary<number>,
  drawTarget: (width: number) => fc.Arbitrary<number>,
): fc.Arbitrary<Block> {
  const logit = fc.oneof(
    { weight: 9, arbitrary: fc.double({ min: -40, max: 40, noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(-1000, 1000, 0) },
  )
  const weight = fc.oneof(
    { weight: 2, arbitrary: fc.double({ min: 1e-3, max: 5, noNaN: true }) },
    { weight: 1, arbitrary: fc.constant(0) },
  )
  return fc
    .record({ width: drawWidth, rows: fc.integer({ min: 0, max: 12 }), before: fc.nat(5), after: fc.nat(3) })
    .chain(({ width, rows, before, after }) => {
      const list = (entry: fc.Arbitrary<number>, length: number) =>
        fc.array(entry, { minLength: length, maxLength: length }).map((numbers) => Float64Array.from(numbers))
      return fc.record({
        rows: fc.constant(rows),
        first: fc.constant(before),
        width: fc.constant(width),
        eta: list(logit, rows * width),
        targets: list(drawTarget(width), before + rows + after),
        weights: list(weight, before + rows + after),
        residual: fc.constant(0).map(() => new Float64Array(rows * width).fill(GARBAGE)),
        curvature: fc.constant(0).map(() => new Float64Array(rows * width * width).fill(GARBAGE)),
      })
    })
}

/** One row of its own, of weight 1. */
export function singleRow(eta: ArrayLike<number>, y: number): Block {
  const width = eta.length
  return {
    rows: 1,
    first: 0,
    width,
    eta: Float64Array.from(eta),
    targets: Float64Array.of(y),
    weights: Float64Array.of(1),
    residual: new Float64Array(width).fill(GARBAGE),
    curvature: new Float64Array(width * width).fill(GARBAGE),
  }
}
