import { expect, test, vi } from 'vitest'
import { defaultDocument as inBrowser } from '../src/document.browser.ts'
import { defaultDocument as inNode } from '../src/document.ts'
import { plotRoc } from '../src/roc.ts'

test('Node gets a document of linkedom’s, a browser its own', () => {
  expect(inNode()).toHaveProperty('createElementNS')
  expect(inBrowser()).toBeUndefined()
  const document = inNode()
  vi.stubGlobal('document', document)
  expect(inBrowser()).toBe(document)
  vi.unstubAllGlobals()
})

test('a worker, which has none, gets a named error', async () => {
  vi.resetModules()
  vi.doMock('#document', () => ({ defaultDocument: inBrowser }))
  const { plotRoc: withoutDocument } = await import('../src/roc.ts')
  const curve = { falsePositiveRate: [0, 1], truePositiveRate: [0, 1] }
  const message = 'plotRoc: expected a document; where there is none, pass one as options.document'
  expect(() => withoutDocument(curve)).toThrow(message)
  expect(withoutDocument(curve, { document: inNode() })).toBe(plotRoc(curve))
  vi.doUnmock('#document')
})
