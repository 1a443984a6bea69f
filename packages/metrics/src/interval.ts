// What an interval is.

export interface Interval {
  lower: number
  upper: number
}
