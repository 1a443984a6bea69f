// What a quadratic model of the data term is, whatever keeps it.
import type { Coordinates } from '@logodds/optim'

/** A model, and how it is begun where the oracle was asked last, with the gradient there. */
export interface QuadraticModel extends Coordinates {
  begin(gradient: Float64Array): void
}
