// Nothing on the page turns text into code, and the page runs where that is forbidden.
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, browser, builtSite, developedSite, type Site, WITHOUT_BROWSER } from './browser.ts'
import { fit, placeOf, START } from './reference.ts'
import { place, runThrough } from './visitor.ts'

let site: Site & { folder: string }
beforeAll(async () => {
  site = await builtSite()
})
afterAll(async () => {
  await site?.close()
  if (site) rmSync(site.folder, { recursive: true, force: true })
})

test('no file of the site holds eval or Function, nor script between its lines', () => {
  const files = readdirSync(site.folder, { recursive: true, encoding: 'utf8' })
  const scripts = files.filter((file) => file.endsWith('.js'))
  expect(scripts.length).toBeGreaterThanOrEqual(2)
  for (const file of scripts)
    expect(readFileSync(path.join(site.folder, file), 'utf8')).not.toMatch(/\beval\b|\bFunction\s*\(/)
  const html = readFileSync(path.join(site.folder, 'index.html'), 'utf8')
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style/)
})

test('the policy stands in the page and before anything that it is about', () => {
  const html = readFileSync(path.join(site.folder, 'index.html'), 'utf8')
  const [tag = ''] =
    html.replaceAll('&#39;', "'").match(/<meta http-equiv="Content-Security-Policy"[^>]*>/) ?? []
  expect(tag).toContain("script-src 'self';")
  expect(tag).toContain("worker-src 'self' blob:;")
  expect(tag).not.toContain('unsafe')
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script'))
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<link'))
})

describe.skipIf(WITHOUT_BROWSER)('in Chromium', () => {
  let chromium: Browser
  beforeAll(async () => {
    chromium = await browser()
  })
  afterAll(async () => {
    await chromium?.close()
  })

  test('the policy is in force, in the page and in a worker: new Function is refused there', async () => {
    const { page, to } = await chromium.visit()
    await to(site)
    const refused =
      "let refused = false\ntry { new Function('return 1')() } catch (error) { refused = error instanceof EvalError }\n"
    const headers = (await page.request.get(site.url)).headers()
    const serve = (name: string, body: string) =>
      page.route(`**/${name}`, (route) =>
        route.fulfill({
          contentType: 'text/javascript',
          headers: { 'content-security-policy': headers['content-security-policy'] },
          body,
        }),
      )
    await serve('probe-page.js', `${refused}document.documentElement.dataset.page = refused`)
    await serve('probe-worker.js', `${refused}postMessage(refused)`)
    const answers = await page.evaluate(async () => {
      const script = document.createElement('script')
      script.src = 'probe-page.js'
      const loaded = new Promise((resolve) => script.addEventListener('load', resolve))
      document.head.append(script)
      await loaded
      const worker = new Worker('probe-worker.js')
      const inWorker = await new Promise((resolve) =>
        worker.addEventListener('message', ({ data }) => resolve(data)),
      )
      return [document.documentElement.dataset.page, inWorker]
    })
    expect(answers).toEqual(['true', true])
    await page.close()
  })

  test('the worker of the page is served under the policy', async () => {
    const { page, to } = await chromium.visit()
    await to(site)
    const [worker] = page.workers()
    const response = await page.request.get(worker.url())
    expect(response.headers()['content-security-policy']).toContain("script-src 'self'")
    await page.close()
  })

  test('the development server keeps the same policy, and its page fits', async () => {
    const development = await developedSite()
    try {
      const { page, complaints, to } = await chromium.visit()
      await to(development)
      await runThrough(page)
      const [got, expected] = [await place(page), placeOf(fit(START))]
      for (let j = 0; j < 3; j++) expect(got[j]).toBeCloseTo(expected[j], 5)
      expect(complaints).toEqual([])
      await page.close()
    } finally {
      await development.close()
    }
  })
})
