// What each mistake costs: a square of finite numbers.
import { fault } from './fault.ts'
import type { Label } from './label.ts'

export function checkedCosts(
  caller: string,
  costs: ReadonlyArray<ArrayLike<number>>,
  classes: readonly Label[],
): void {
  const width = classes.length
  if (!(width > 0 && costs?.length === width)) fault(caller, `costs.length ${width} (classes)`, costs?.length)
  costs.forEach((row, i) => {
    if (row?.length !== width) fault(caller, `costs[${i}].length ${width} (classes)`, row?.length)
    for (let j = 0; j < width; j++)
      if (!(Math.abs(row[j]) <= 1e150)) fault(caller, `costs[${i}][${j}] within ±1e150`, row[j])
  })
}
