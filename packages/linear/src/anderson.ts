// Anderson's mixing: where the sweeps of a map x → g(x) are heading, from the last few of them.

/** The last points that a map was applied to, by what it made of them. */
export interface Mixing {
  /**
   * Takes note of a step: how far the map went from x, in units in which lengths are comparable, and g(x); both are copied. Returns the square
   * of that distance.
   */
  note(residual: Float64Array, image: Float64Array): number
  /** image ← Σ cₖ g(xₖ), Σ cₖ = 1, with Σ cₖ (g(xₖ) − xₖ) as short as can be; false where there is nothing to mix. */
  mix(image: Float64Array): boolean
  /** image ← g(x) as it was noted last but one. */
  back(image: Float64Array): void
  /** Forgets all that was noted. */
  clear(): void
}

interface Noted {
  readonly residual: Float64Array
  readonly image: Float64Array
  square: number
}

/**
 * For an affine map it does in m steps what no combination of m steps does better (GMRES).
 *
 * Source: Walker & Ni, SIAM J. Numer. Anal. 49 (2011), 1715–1735, with the normal equations of Bertrand & Massias, AISTATS 2021, PMLR 130,
 * 1288–1296, algorithm 2: (RᵀR) c ∝ 1, 10⁻¹² of each diagonal entry added to it.
 *
 * @param memory how many steps are kept, at least 2
 */
export function anderson(memory: number): Mixing {
  let noted: Noted[] = []
  let spare: Noted[] = []
  return {
    note(residual, image) {
      const next = (noted.length === memory ? noted.shift() : spare.pop()) ?? {
        residual: residual.slice(),
        image: image.slice(),
        square: 0,
      }
      next.residual.set(residual)
      next.image.set(image)
      next.square = product(residual, residual)
      noted.push(next)
      return next.square
    },
    mix(image) {
      if (noted.length < 2) return false
      const c = shares(noted)
      if (!c.every(Number.isFinite)) return false
      image.fill(0)
      for (const [k, { image: one }] of noted.entries()) addTimes(image, c[k], one)
      return true
    },
    back: (image) => image.set(noted[noted.length - 2].image),
    clear() {
      spare = [...spare, ...noted]
      noted = []
    },
  }
}

// The rows of (RᵀR | 1), reduced one after the other (Gauss and Jordan; the matrix is positive definite, so without pivots).
function shares(noted: readonly Noted[]): number[] {
  const rows = noted.map((a) => [
    ...noted.map((b) => (a === b ? a.square * (1 + 1e-12) : product(a.residual, b.residual))),
    1,
  ])
  rows.forEach((row, k) => {
    for (const other of rows) {
      if (other === row) continue
      const times = other[k] / row[k]
      row.forEach((v, q) => {
        other[q] -= times * v
      })
    }
  })
  const c = rows.map((row, k) => row[noted.length] / row[k])
  const total = c.reduce((a, b) => a + b)
  return c.map((share) => share / total)
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

function addTimes(out: Float64Array, times: number, v: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] += times * v[i]
}
