// A last column of ones, which is not stored.
import type { Design } from './design.ts'

/** The design [X 1]: p + 1 columns; the last row of W holds the intercepts. */
export const withIntercept = (design: Design): Design => design.withIntercept()
