// A lower bound of the minimum, at any point that a solver stands on.
import type { DualQuery, Penalty } from '@logodds/optim'
import { wholeBlock } from './certificate.ts'
import { demand } from './demand.ts'
import type { Problem, ProblemOracle } from './problem.ts'

/**
 * Answers −Σ sᵢ ℓ*(c gᵢ, yᵢ) + c Σ sᵢ gᵢoᵢ, gᵢ = ∂ℓ/∂ηᵢ at `at`: the dual objective but for the penalty, which its owner adds as
 * −P*(c·u), u = −∇f. For cross-entropy it is Σ s·H(π) − c Σ u·o. With `added`, a smooth penalty that is part of the objective, its conjugate
 * is in the answer, which then is the whole dual objective. Where a coordinate is unpenalised, the answer is a bound only if the data term
 * has no slope along it.
 *
 * @returns −Infinity where c·g is outside the domain
 * @throws RangeError if the loss has no conjugate
 */
export function dualOracle(
  problem: Problem,
  data: ProblemOracle,
  added?: Penalty,
): (query: DualQuery) => number {
  const { blocks, offset, weights } = problem
  return ({ at, scale }) => {
    demand(blocks.conjugate, 'dual', 'a loss with a conjugate', 'one without')
    const gradient = at.slice()
    // η at `at`; where a penalty has to know it, the gradient of the data term alone.
    if (added) data.oracle({ ask: 'gradient', at, gradient })
    else if (at.some((v, j) => v !== data.at[j])) data.oracle({ ask: 'value', at })
    const block = wholeBlock(problem, data.eta, weights)
    const dual = -blocks.conjugate!(block, scale) - (added?.conjugate(gradient, scale) ?? 0)
    if (!offset) return dual
    blocks.gradient(block)
    return offset.reduce((sum, o, i) => sum + scale * block.residual[i] * o, dual)
  }
}
