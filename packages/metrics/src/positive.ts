// Which class is the positive one: the one that is named, else the last of two sorted classes. Never a guess from the order of the data.
import { fault, shown, undefinedMetric } from './fault.ts'
import { type Label, sortLabels } from './label.ts'

/**
 * The index in `classes` of the positive class; all others together are the negative one. `least` is how many classes
 * have to be there.
 */
export function positiveIndex(
  caller: string,
  classes: readonly Label[],
  positive?: Label,
  least = 1,
): number {
  const sorted = sortLabels(classes)
  if (positive === undefined && sorted.length > 2)
    fault(caller, `the option positive, one of ${shown(sorted)}`, positive)
  const index = classes.indexOf(positive ?? sorted[1])
  if (index < 0 || sorted.length < least)
    undefinedMetric(
      caller,
      `rows of ${positive === undefined ? 'two classes' : `class ${shown(positive)} and another`}`,
      sorted,
    )
  return index
}
