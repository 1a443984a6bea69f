// Moments as they have to be: the same fingerprint, constant where constant, no number where there is none, and all else within 1e-12, as far as the
// last digits of numbers far from 0 tell.
import type { ColumnMoments } from '@logodds/linear'

/** What is wrong with moments, in words; nothing if nothing is. */
export function wrongMoments(ours: ColumnMoments, theirs: ColumnMoments): string[] {
  const { mean, deviation, hash } = theirs
  const wrong: string[] = []
  if (ours.hash !== hash) wrong.push(`fingerprint ${ours.hash}, expected ${hash}`)
  if (ours.mean.length !== mean.length || ours.deviation.length !== deviation.length) wrong.push('length')
  mean.forEach((m, j) => {
    const d = deviation[j]
    if (!(Math.abs(ours.mean[j] - m) <= 1e-12 * Math.max(Math.abs(m), d || 0) || Object.is(ours.mean[j], m)))
      wrong.push(`mean ${j} ${ours.mean[j]}, expected ${m} (deviation ${d})`)
    if (
      !(Math.abs(ours.deviation[j] - d) <= 1e-12 * d + 1e-15 * Math.abs(m) || Object.is(ours.deviation[j], d))
    )
      wrong.push(`deviation ${j} ${ours.deviation[j]}, expected ${d} (mean ${m})`)
  })
  return wrong
}
