// Classification losses against the reference (see fixtures/classification.py), and what each of them is.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { allLosses } from './all-losses.ts'
import { type AnyTarget, allVectorLosses } from './all-vector-losses.ts'
import { expectClose } from './reference.ts'

type Row = [
  eta: number,
  y: number,
  value: number,
  gradient: number,
  hessian: number,
  valueScale: number,
  gradientScale: number,
  hessianScale: number,
]
interface VectorRow {
  z: number[]
  y: AnyTarget
  value: number
  gradient: number[]
  hessian: number[]
  scales: [number, number[], number[]]
}

const fixtures: { scalar: Record<string, Row[]>; vector: Record<string, VectorRow[]> } = JSON.parse(
  readFileSync(new URL('./fixtures/classification.json', import.meta.url), 'utf8'),
  (_, value) => (value === 'Infinity' ? Infinity : value === '-Infinity' ? -Infinity : value),
)

describe('against the reference, 4 ε of the largest term', () => {
  test.each(Object.entries(fixtures.scalar))('%s', (label, rows) => {
    const { loss } = allLosses.find((entry) => entry.label === label)!
    expect(rows.length).toBeGreaterThan(50)
    for (const [eta, y, value, gradient, hessian, ...scales] of rows) {
      const at = `at η = ${eta}, y = ${y}`
      expectClose(loss.value(eta, y), value, `value ${at}`, scales[0])
      expectClose(loss.gradient(eta, y), gradient, `gradient ${at}`, scales[1])
      // p log p multiplies the half step that a subnormal p is rounded by with γ log p, for γ ≤ 2.
      const steps = label.startsWith('focal') ? 2 * 2 * 745 : 2
      expectClose(loss.hessian(eta, y), hessian, `hessian ${at}`, scales[2], steps)
    }
  })

  test.each(Object.entries(fixtures.vector))('%s', (label, rows) => {
    const { loss } = allVectorLosses.find((entry) => entry.label === label)!
    expect(rows.length).toBeGreaterThan(50)
    for (const { z, y, value, gradient, hessian, scales } of rows) {
      const at = `of (${z}), ${y}`
      expectClose(loss.value(z, y), value, `value ${at}`, scales[0])
      loss.gradient(z, y).forEach((entry, k) => {
        expectClose(entry, gradient[k], `gradient[${k}] ${at}`, scales[1][k])
      })
      loss.hessian(z, y).forEach((entry, k) => {
        expectClose(entry, hessian[k], `hessian[${k}] ${at}`, scales[2][k])
      })
    }
  })
})
