// The document that a plot is drawn in, under Node: there is none, so linkedom makes one. (Browsers: document.browser.ts.)
import { parseHTML } from 'linkedom'

export function defaultDocument(): object | undefined {
  return parseHTML('<html></html>').document
}
