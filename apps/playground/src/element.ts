// Elements of the page by id, checked for what they are.

/** @throws Error if there is none, or it is of another kind. */
export function byId<E extends Element>(id: string, kind: new () => E): E {
  const element = document.getElementById(id)
  if (!(element instanceof kind)) throw new Error(`expected #${id} to be a ${kind.name}, got ${element}`)
  return element
}

/** A number as it is read, with all its digits in `value`. */
export function showNumber(element: HTMLDataElement, value: number | null, text: string): void {
  element.value = value === null ? '' : String(value)
  element.textContent = text
}
