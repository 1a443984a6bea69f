// Classes that the caller declares, beside those that the data shows.
import { type ClassWeights, encodeLabels, type Label } from '@logodds/linear'
import { demand } from './demand.ts'

export interface DeclaredClasses {
  /**
   * All the classes that there should be. A label that is not among them is an error, and so is a class without rows, unless its class
   * weight is 0: then it is left out on purpose, of the fit and of the model. Default: the classes in y.
   */
  classes?: readonly Label[] | undefined
  classWeights?: ClassWeights | undefined
}

/**
 * Checks declared classes against the labels.
 *
 * @returns the class weights without those of classes that are left out
 * @throws RangeError that names the first class, declared or found, that has no counterpart
 */
export function declaredClasses(
  caller: string,
  y: ArrayLike<Label>,
  { classes, classWeights }: DeclaredClasses,
): ClassWeights | undefined {
  if (!classes) return classWeights
  const found = encodeLabels(caller, y, y?.length ?? 0).classes
  const foreign = found.find((label) => !classes.includes(label))
  demand(
    foreign === undefined,
    caller,
    `labels among the classes ${JSON.stringify(classes)}`,
    JSON.stringify(foreign),
  )
  const byLabel = classWeights instanceof Map
  const entries =
    typeof classWeights === 'object' ? (byLabel ? [...classWeights] : Object.entries(classWeights)) : []
  const missing = classes
    .filter((label) => !found.includes(label))
    .map((label) => (byLabel ? label : `${label}`))
  const left = entries.filter(([key, weight]) => weight === 0 && missing.includes(key)).map(([key]) => key)
  const bare = missing.find((key) => !left.includes(key))
  demand(
    bare === undefined,
    caller,
    'rows of every class in classes (or a class weight of 0, to leave it out)',
    `none of ${JSON.stringify(bare)}`,
  )
  if (!left.length) return classWeights
  return new Map(
    entries
      .filter(([key]) => !left.includes(key))
      .map(([key, weight]) => [byLabel ? key : (found.find((label) => `${label}` === key) ?? key), weight]),
  )
}
