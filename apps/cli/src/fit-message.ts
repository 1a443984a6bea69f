// How a fit ended, in a sentence for the command line.
import type { FitRecord } from '@logodds/linear'

export function fitMessage({ status, message, iterations, gradientNorm }: FitRecord): string {
  // One-vs-rest says which class its sentence is about.
  const about = /^Class .*? against the rest: /s.exec(message)?.[0] ?? ''
  const measured = `gradient norm ${gradientNorm.toExponential(1)} after ${iterations} iterations`
  switch (status) {
    case 'converged':
      return message
    case 'separated':
      return `${about}A combination of the columns separates the classes completely, so that maximum-likelihood estimates do not exist: add a penalty (--penalty l2 --lambda 0.01) or leave columns out (--features).`
    case 'iteration-limit':
      return `${about}Not converged: ${measured}; raise --max-iterations or --tolerance, or choose another --solver.`
    case 'line-search-failed':
      return `${about}Not converged: no better point in reach, ${measured}; raise --tolerance or choose another --solver.`
    case 'non-finite':
      return `${about}Not converged: the objective is not finite from here on, ${measured}; add a penalty, rescale the columns or shorten --step.`
    case 'time-limit':
    case 'stopped':
      return `${about}Not converged: ${measured}; lower --tolerance or choose another --solver.`
  }
}
