// What must not compile. `tsc` checks the marked lines: an error that does not come is an error itself.
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  type AsyncOracle,
  adam,
  addPenalty,
  bfgs,
  type CurvatureQuery,
  checkDerivatives,
  type DualQuery,
  fista,
  type GradientQuery,
  gradientDescent,
  type HessianQuery,
  l1,
  l2,
  lbfgs,
  type ManyOracle,
  minimize,
  minimizeAsync,
  minimizeTogether,
  nesterov,
  newton,
  newtonCg,
  type Oracle,
  type ProximalSolver,
  penalized,
  relativeDecrease,
  relativeGradient,
  type SampleQuery,
  type Solver,
  saga,
  sgd,
  stepThrough,
  subgradient,
  trustRegion,
  until,
  untilGap,
  type ValueQuery,
} from '../src/index.ts'

type FirstOrder = ValueQuery | GradientQuery
declare const firstOrder: Oracle<FirstOrder>
declare const gradientOnly: Oracle<GradientQuery>
declare const firstOrderAsync: AsyncOracle<FirstOrder>
declare const firstOrderMany: ManyOracle<FirstOrder>
declare const everything: Oracle<FirstOrder | HessianQuery | SampleQuery>
declare const dual: Oracle<DualQuery>
declare const withDual: Oracle<FirstOrder | DualQuery>
declare const sampling: Solver<SampleQuery>

/** Never called: only its types are of interest. */
function misuse() {
  const start = [0]
  // @ts-expect-error Newton asks for Hessians.
  minimize(firstOrder, newton(), start)
  // @ts-expect-error
  minimizeAsync(firstOrderAsync, newton(), start)
  // @ts-expect-error
  minimizeTogether(firstOrderMany, [lbfgs(), newton()], [start, start])
  // @ts-expect-error
  stepThrough(firstOrder, newton(), start)
  // @ts-expect-error A sampling solver asks for rows.
  minimize(firstOrder, sampling, start)
  // @ts-expect-error
  minimizeAsync(firstOrderAsync, sampling, start)
  // @ts-expect-error
  minimize(firstOrder, sgd({ rows: 9, step: 1 }), start)
  // @ts-expect-error
  minimizeTogether(firstOrderMany, [lbfgs(), saga({ rows: 9, step: 1 })], [start, start])
  // @ts-expect-error
  stepThrough(gradientOnly, until(adam({ rows: 9 }), relativeGradient(1)), start)
  // @ts-expect-error How many rows there are has to be said.
  sgd({ step: 1 })
  // @ts-expect-error And how long a step is.
  sgd({ rows: 9 })
  // @ts-expect-error
  saga({ rows: 9 })
  // @ts-expect-error A gap needs an oracle that answers for it.
  minimize(firstOrder, untilGap(lbfgs()), start)
  // @ts-expect-error
  minimizeAsync(firstOrderAsync, untilGap(fista({ penalty: l1(1) })), start)
  // @ts-expect-error A criterion does not take away what the solver asks.
  minimize(firstOrder, until(newton(), relativeDecrease(1)), start)
  // @ts-expect-error FISTA asks for values too.
  minimize(gradientOnly, fista({ penalty: l1(1) }), start)
  // @ts-expect-error
  minimize(dual, lbfgs(), start)
  // @ts-expect-error Newton-CG asks for products with the Hessian.
  minimize(firstOrder, newtonCg(), start)
  // @ts-expect-error
  minimize(firstOrder, trustRegion(), start)
  // @ts-expect-error Without a known step, Nesterov's method asks for values too.
  minimize(gradientOnly, nesterov(), start)
  // @ts-expect-error It has no gradient to be checked.
  checkDerivatives(dual, start)
  // @ts-expect-error BFGS takes no preconditioner.
  bfgs({ preconditioner: () => {} })
  // @ts-expect-error L-BFGS takes no penalty.
  lbfgs({ penalty: l1(1) })
  // @ts-expect-error FISTA needs one.
  fista({ tolerance: 1 })
  // @ts-expect-error ℓ1 has no gradient.
  penalized(firstOrder, l1(1))
  // @ts-expect-error A penalty has no part in a dual answer.
  penalized(dual, l2(1))
  // @ts-expect-error
  addPenalty(l2(1), { ask: 'dual', at: new Float64Array(1), scale: 1, gradient: new Float64Array(1) })
  // @ts-expect-error An oracle answers numbers.
  minimize(firstOrderAsync, lbfgs(), start)

  // What must compile.
  minimize(everything, newton(), start)
  minimize(everything, sampling, start)
  minimize(everything, sgd({ rows: 9, step: 1 }), start)
  minimize(withDual, untilGap(fista({ penalty: l1(1) })), start)
  minimize(withDual, untilGap(lbfgs()), start)
  minimize(firstOrder, until(fista({ penalty: l1(1) }), relativeGradient(1)), start)
  checkDerivatives(everything, start)
  checkDerivatives(gradientOnly, start)
  minimize(firstOrder, lbfgs(), start)
  minimize(gradientOnly, gradientDescent(), new Float32Array(1))
  minimize(penalized(firstOrder, l2(1)), lbfgs(), start)
  minimize((query: GradientQuery) => query.at[0]!, lbfgs(), start)
  minimizeAsync(firstOrder, fista({ penalty: l1(1) }), start)
  minimizeTogether(firstOrderMany, [lbfgs(), fista({ penalty: l1(1) })], [start, start])
}

describe('types', () => {
  it('ask for no more than they need', () => {
    expectTypeOf(gradientDescent).returns.toEqualTypeOf<Solver<GradientQuery>>()
    expectTypeOf(lbfgs).returns.toEqualTypeOf<Solver<GradientQuery>>()
    expectTypeOf(bfgs).returns.toEqualTypeOf<Solver<GradientQuery>>()
    expectTypeOf(newtonCg).returns.toEqualTypeOf<Solver<GradientQuery | CurvatureQuery>>()
    expectTypeOf(trustRegion).returns.toEqualTypeOf<Solver<GradientQuery | CurvatureQuery>>()
    expectTypeOf(newton).returns.toEqualTypeOf<Solver<HessianQuery>>()
    expectTypeOf(fista).returns.toEqualTypeOf<ProximalSolver<FirstOrder>>()
    expectTypeOf(sgd).returns.toEqualTypeOf<Solver<SampleQuery>>()
    expectTypeOf(subgradient).returns.toEqualTypeOf<Solver<GradientQuery>>()
    expectTypeOf(saga).returns.toEqualTypeOf<ProximalSolver<SampleQuery>>()
    expectTypeOf(until(newton())).toExtend<Solver<HessianQuery>>()
    expectTypeOf(until(fista({ penalty: l1(1) }))).toExtend<ProximalSolver<FirstOrder>>()
    expectTypeOf(untilGap(newton())).toEqualTypeOf<Solver<HessianQuery | GradientQuery | DualQuery>>()
    expectTypeOf(untilGap(saga({ rows: 1, step: 1 }))).toEqualTypeOf<
      ProximalSolver<SampleQuery | GradientQuery | DualQuery>
    >()
    expectTypeOf(penalized<GradientQuery>).returns.toEqualTypeOf<Oracle<GradientQuery>>()
  })

  it('are checked, in this very file, by tsc', () => {
    expect(misuse).toBeTypeOf('function')
  })
})
