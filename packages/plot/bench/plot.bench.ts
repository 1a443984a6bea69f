// A curve of a hundred points (most of the time goes into axes and text) and one of 100,000 (thinning).
import { bench } from 'vitest'
import { plotRoc } from '../src/roc.ts'
import { thinLine } from '../src/thin-line.ts'

const curve = (n: number) => {
  const falsePositiveRate = Float64Array.from({ length: n }, (_, i) => i / (n - 1))
  return { falsePositiveRate, truePositiveRate: falsePositiveRate.map(Math.sqrt), auc: 2 / 3 }
}
const [small, large] = [curve(100), curve(100_000)]

bench('plotRoc, 100 points', () => void plotRoc(small))
bench('plotRoc, 100,000 points', () => void plotRoc(large))
bench('thinLine, 100,000 points', () => {
  thinLine(large.falsePositiveRate, large.truePositiveRate, 0.1 / 420)
})
