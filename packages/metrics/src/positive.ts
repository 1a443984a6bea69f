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
  const named = positive !== undefined
  if (!named && classes.length > 2)
    fault(caller, `the option positive for ${classes.length} classes (${shown(classes)})`, positive)
  const index = classes.indexOf(named ? positive : sortLabels(classes)[1])
  if (index < 0 || classes.length < least)
    undefinedMetric(
      caller,
      `rows of ${named ? `class ${shown(positive)} and another` : 'two classes'}`,
      classes,
    )
  return index
}
