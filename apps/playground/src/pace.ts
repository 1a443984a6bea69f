// When the next step of a run is due. The first ones are slow enough to be seen one by one; then it speeds up, so that ten
// iterations take two seconds and ten thousand not more than fifteen.

/** Milliseconds until the step after `iteration`, at the pace of a watcher (1); slow motion is a larger factor, 0 is no waiting. */
export const delayAfter = (iteration: number, pace: number): number => (pace * 300) / (1 + iteration / 6)
