// The document that a plot is drawn in, in a browser: the page's own. (Workers have none and must be given one.)
export function defaultDocument(): object | undefined {
  return (globalThis as { document?: object }).document
}
