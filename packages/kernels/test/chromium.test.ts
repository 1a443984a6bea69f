// In a real browser, with and without cross-origin isolation: the numbers of Node.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { threads } from '../src/index.ts'
import { type Browser, browser, ISOLATED, WITHOUT_BROWSER } from './page/browser.ts'
import { everything, type together } from './page/everything.ts'

type Together = Awaited<ReturnType<typeof together>>
type Where = 'answers' | 'ofWorker'

describe.skipIf(WITHOUT_BROWSER)('in Chromium', () => {
  let chromium: Browser
  let expected: Record<string, string>
  beforeAll(async () => {
    threads(1)
    expected = everything()
    chromium = await browser()
  })
  afterAll(async () => {
    await chromium?.close()
  })

  /** What the page says otherwise than Node. */
  const others = (said: Record<string, string>) =>
    Object.keys(expected).filter((name) => said[name] !== expected[name])

  /** What the page says under these headers, on its own thread or in a worker of its own. */
  async function ask<Answer>(headers: Record<string, string>, where: Where, question: string) {
    const { page, complaints, leave } = await chromium.visit(headers)
    try {
      const call = where === 'answers' ? `answers.${question}()` : `ofWorker('${question}')`
      const said = await page.evaluate<Answer>(call)
      return { said, complaints, isolated: await page.evaluate<boolean>('crossOriginIsolated') }
    } finally {
      await leave()
    }
  }

  it.each<[string, Record<string, string>, Where]>([
    ['without isolation', {}, 'answers'],
    ['with isolation', ISOLATED, 'answers'],
    ['without isolation, in a worker', {}, 'ofWorker'],
    ['with isolation, in a worker', ISOLATED, 'ofWorker'],
  ])('one thread %s says what Node says', async (_, headers, where) => {
    const { said, complaints, isolated } = await ask<Record<string, string>>(headers, where, 'alone')
    expect(isolated).toBe(headers === ISOLATED)
    expect(others(said)).toEqual([])
    expect(complaints).toEqual([])
  })

  it.each<[string, Where]>([
    ['page', 'answers'],
    ['worker', 'ofWorker'],
  ])('with isolation, three threads of a %s say the same', async (_, where) => {
    const { said, complaints } = await ask<Together>(ISOLATED, where, 'together')
    expect(said.threads).toBe(3)
    expect(said.helped).toBeGreaterThanOrEqual(20)
    expect(others(said.said)).toEqual([])
    expect(complaints).toEqual([])
  })

  it('without isolation there is one thread, whatever is asked for', async () => {
    const { said, complaints } = await ask<Together>({}, 'answers', 'together')
    expect([said.threads, said.helped]).toEqual([1, 0])
    expect(others(said.said)).toEqual([])
    expect(complaints).toEqual([])
  })

  it('where a policy forbids workers made of text, there is one thread, and no exception', async () => {
    const policy =
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; img-src data:"
    const headers = { ...ISOLATED, 'content-security-policy': policy }
    const { said, complaints } = await ask<Together>(headers, 'answers', 'together')
    expect([said.threads, said.helped]).toEqual([1, 0])
    expect(others(said.said)).toEqual([])
    // What the browser itself writes down, once for each worker at most.
    expect(complaints.filter((text) => !/blob:.*Content Security Policy/.test(text))).toEqual([])
  })

  it('nothing needs a policy that lets text become code', async () => {
    const policy =
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; img-src data:"
    const headers = { ...ISOLATED, 'content-security-policy': policy }
    const { said, complaints } = await ask<Together>(headers, 'answers', 'together')
    expect(said.threads).toBe(3)
    expect(said.helped).toBeGreaterThanOrEqual(20)
    expect(others(said.said)).toEqual([])
    expect(complaints).toEqual([])
  })
})
