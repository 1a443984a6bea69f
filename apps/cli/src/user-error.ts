// A mistake of the user's: exit code 2 and one line that says what is wrong, where, and what would be right.

/** An Error whose `name` is 'UserError' and whose message is meant to be shown as it is. */
export function userError(message: string): Error {
  return Object.assign(new Error(message), { name: 'UserError' })
}

export function isUserError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'UserError'
}

/** Text as a message shows it: in quotes, on one line, and not longer than it needs to be recognised. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text)
}

/** The first few of a list of names, each in quotes. */
export function quotedList(names: readonly string[], limit = 8): string {
  const shown = names.slice(0, limit).map(quoted).join(', ')
  return names.length > limit ? `${shown} and ${names.length - limit} more` : shown
}
