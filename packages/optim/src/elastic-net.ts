// Between lasso and ridge.
import { composite } from './composite.ts'
import type { KinkedPenalty } from './penalty.ts'
import { type PenaltyOptions, separable } from './separable.ts'
import { strengths } from './strengths.ts'

/**
 * λ Σⱼ weightⱼ [α|wⱼ| + (1 − α)/2 wⱼ²], α from 0 (ridge) to 1 (lasso). Its `solver` is `fista`.
 * Source: Zou & Hastie, J. R. Stat. Soc. B 67 (2005), 301–320, in the parameters of Friedman, Hastie & Tibshirani, J. Stat.
 * Softw. 33 (2010), 1–22.
 *
 * Unpenalised coordinates (weight 0) neither limit `dualScale` nor add to `conjugate`: the caller makes sure that u is 0 there.
 *
 * @throws RangeError if lambda, alpha or a weight is out of range; at use, if there are not as many weights as coordinates.
 */
export const elasticNet = (lambda: number, alpha: number, { weights }: PenaltyOptions = {}): KinkedPenalty =>
  composite(separable(strengths('elastic-net', lambda, alpha, weights)))
