// Scores → labels, by a threshold.
import { fault } from './fault.ts'
import type { Label, Scores } from './label.ts'

/**
 * Calls a score ≥ the threshold positive.
 *
 * @param scores n numbers, the larger the likelier positive
 * @param threshold any number, ±Infinity too
 * @param labels what negative and positive rows are called
 * @returns n labels
 * @throws TypeError for a score or a threshold that is NaN or no number
 */
export function decideByThreshold<L extends Label>(
  scores: Scores,
  threshold: number,
  [negative, positive]: readonly [negative: L, positive: L],
): L[] {
  if (threshold !== +threshold) fault('decideByThreshold', 'threshold to be a number', threshold, TypeError)
  return Array.from(scores, (score, i) => {
    if (score !== +score) fault('decideByThreshold', `scores[${i}] to be a number`, score, TypeError)
    return score >= threshold ? positive : negative
  })
}
