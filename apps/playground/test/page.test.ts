// The built page in a real Chromium, as a visitor uses it.
import { rmSync } from 'node:fs'
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SolverName } from '../src/solvers.ts'
import { type Browser, browser, builtSite, type Site, type Visit, WITHOUT_BROWSER } from './browser.ts'
import { fit, iterates, lossAt, type Problem, placeOf, START } from './reference.ts'
import {
  atPace,
  choose,
  ended,
  number,
  place,
  press,
  runThrough,
  slideTo,
  told,
  untilIteration,
} from './visitor.ts'

const solvers: SolverName[] = ['gradient-descent', 'lbfgs', 'newton']

const other: Problem = {
  species: ['virginica', 'setosa'],
  features: ['sepal_width', 'petal_length'],
  lambda: 0.1,
}
const unpenalised: Problem = { ...START, features: ['sepal_length', 'sepal_width'], lambda: 0 }
const separable: Problem = { ...START, species: ['setosa', 'versicolor'], lambda: 0 }

// The largest difference, relative to the size of what is expected.
const apart = (got: readonly number[], expected: readonly number[]) =>
  Math.max(...expected.map((value, j) => Math.abs(got[j] - value) / Math.max(1, Math.abs(value))))

describe.skipIf(WITHOUT_BROWSER)('the page in Chromium', () => {
  let site: Site & { folder: string }
  let chromium: Browser
  let visit: Visit
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    site = await builtSite()
    chromium = await browser()
    visit = await chromium.visit()
    ;({ page, complaints } = visit)
  })
  afterAll(async () => {
    await chromium?.close()
    await site?.close()
    if (site) rmSync(site.folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    await visit.to(site)
  })
  afterEach(() => {
    // Whatever a test did, nothing was logged, thrown, refused or not found.
    expect(complaints).toEqual([])
  })

  test('stands at the start: the null model, no line, nothing running', async () => {
    expect(await page.title()).toBe('logodds playground')
    expect(await number(page, 'iteration')).toBe(0)
    expect(await number(page, 'loss')).toBeCloseTo(Math.LN2, 12)
    expect(await place(page)).toEqual([0, 0, 0])
    expect(await told(page)).toMatch(/^Ready/)
    expect(await page.locator('#scatter .flower').count()).toBe(100)
    expect(await page.locator('#scatter .boundary:visible').count()).toBe(0)
    await page.waitForTimeout(300)
    expect(await number(page, 'iteration')).toBe(0)
  })

  test.each(
    solvers.flatMap((solver) => [START, other, unpenalised].map((problem) => ({ ...problem, solver }))),
  )(
    '$solver ends where fitLogistic ends: $species, $features, λ = $lambda',
    async ({ solver, ...problem }) => {
      await choose(page, { ...problem, solver })
      await runThrough(page)
      expect(await told(page)).toMatch(/^Converged/)
      // Fitted here by the default solver of the package, whichever runs there.
      expect(apart(await place(page), placeOf(fit(problem)))).toBeLessThan(1e-6)
      expect(await number(page, 'gradient')).toBeLessThanOrEqual(1e-8)
      if (problem.lambda > 0) expect(await number(page, 'gap')).toBeLessThan(1e-12)
      else expect(await page.locator('#gap').textContent()).toBe('needs λ > 0')
    },
  )

  test('the line on the page is where the fit says ½', async () => {
    await runThrough(page)
    const [b, u, v] = placeOf(fit(START))
    const picture = await page.locator('#scatter').evaluate((svg) => {
      const numbers = (element: Element, names: string[]) =>
        names.map((name) => Number(element.getAttribute(name)))
      const ticks = (kind: string, axis: string) =>
        [...svg.querySelectorAll(`.tick.${kind}`)].map((tick) => numbers(tick, [axis, 'data-value']))
      const line = svg.querySelector('.boundary:not(.light)')
      return {
        across: ticks('across', 'x'),
        up: ticks('up', 'y'),
        ends: line ? numbers(line, ['x1', 'y1', 'x2', 'y2']) : [],
        texts: [...svg.querySelectorAll('.tick')].map((tick) => [
          Number(tick.textContent),
          Number(tick.getAttribute('data-value')),
        ]),
      }
    })
    for (const [written, value] of picture.texts) expect(written).toBeCloseTo(value, 9)
    // Pixels to centimetres by the first and the last tick of an axis, as a reader with a ruler does it.
    const read = (ticks: number[][], pixel: number) => {
      const [[p0, v0], [p1, v1]] = [ticks[0], ticks[ticks.length - 1]]
      return v0 + ((pixel - p0) / (p1 - p0)) * (v1 - v0)
    }
    const [x1, y1, x2, y2] = picture.ends
    for (const [x, y] of [
      [x1, y1],
      [x2, y2],
    ])
      expect(Math.abs(b + u * read(picture.across, x) + v * read(picture.up, y))).toBeLessThan(1e-5)
    expect(Math.hypot(x2 - x1, y2 - y1)).toBeGreaterThan(200)
    expect(await page.locator('#scatter .boundary.light:visible').count()).toBe(2)
  })

  test.each(solvers)('%s: each Step is one iteration, and the boundary moves with it', async (solver) => {
    await page.getByLabel('solver').selectOption(solver)
    const expected = iterates(START, solver)
    const seen = new Set<string>()
    for (let k = 1; k <= 4; k++) {
      await press(page, 'Step')
      await untilIteration(page, k)
      expect(await number(page, 'iteration')).toBe(k)
      expect(apart(await place(page), expected[k])).toBeLessThan(1e-9)
      expect(await number(page, 'loss')).toBeCloseTo(lossAt(START, expected[k]), 10)
      const line = page.locator('#scatter .boundary:not(.light)')
      seen.add(
        `${await line.getAttribute('x1')} ${await line.getAttribute('y1')} ${await line.getAttribute('x2')}`,
      )
    }
    expect(seen.size).toBe(4)
  })

  test('stepping to the end is running to the end', async () => {
    await page.getByLabel('solver').selectOption('newton')
    const last = iterates(START, 'newton').length - 1
    for (let k = 1; k <= last; k++) await press(page, 'Step')
    await ended(page)
    expect(await number(page, 'iteration')).toBe(last)
    expect(apart(await place(page), placeOf(fit(START)))).toBeLessThan(1e-6)
    // Another step is refused, without taking the keyboard's place away.
    expect(await page.getByRole('button', { name: 'Step' }).isDisabled()).toBe(true)
    expect(await page.locator(':focus').textContent()).toBe('Step')
  })

  test('Pause holds, Run goes on, Reset goes back', async () => {
    await press(page, 'Run')
    await untilIteration(page, 3)
    await press(page, 'Pause')
    expect(await told(page)).toMatch(/^Paused/)
    // What the worker had already sent is drawn by now.
    await page.waitForTimeout(100)
    const held = await number(page, 'iteration')
    await page.waitForTimeout(800)
    expect(await number(page, 'iteration')).toBe(held)
    expect(held).toBeLessThan(100)

    await atPace(page, 'full speed')
    await press(page, 'Run')
    await ended(page)
    expect(apart(await place(page), placeOf(fit(START)))).toBeLessThan(1e-6)

    await press(page, 'Reset')
    await page.locator('#iteration[value="0"]').waitFor()
    expect(await place(page)).toEqual([0, 0, 0])
    expect(await page.locator('#scatter .boundary:visible').count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Step' }).isDisabled()).toBe(false)
  })

  test('Stop ends a run where it stands, with a gap that holds', async () => {
    await press(page, 'Run')
    await untilIteration(page, 2)
    await press(page, 'Stop')
    await ended(page)
    expect(await told(page)).toMatch(/^Stopped/)
    const at = await number(page, 'iteration')
    const excess = lossAt(START, await place(page)) - lossAt(START, placeOf(fit(START)))
    expect(excess).toBeGreaterThan(0)
    expect(await number(page, 'gap')).toBeGreaterThanOrEqual(excess)
    await page.waitForTimeout(500)
    expect(await number(page, 'iteration')).toBe(at)
  })

  test('another choice gives up the run that goes on', async () => {
    await press(page, 'Run')
    await untilIteration(page, 2)
    await page.getByLabel('solver').selectOption('newton')
    await page.locator('#iteration[value="0"]').waitFor()
    await page.waitForTimeout(800)
    expect(await number(page, 'iteration')).toBe(0)
    expect(await told(page)).toMatch(/^Ready/)
  })

  test('what a given-up run still had to say is not heard', async () => {
    await choose(page, { ...separable, lambda: 1e-5, solver: 'gradient-descent' })
    await atPace(page, 'full speed')
    await page.evaluate(() => {
      document.querySelector<HTMLButtonElement>('#run')?.click()
      // Steps pile up while the page is busy; then the visitor wants something else.
      for (const until = performance.now() + 100; performance.now() < until; );
      const solver = document.querySelector<HTMLSelectElement>('#solver')
      if (!solver) throw new Error('no #solver')
      solver.value = 'newton'
      solver.dispatchEvent(new Event('change'))
    })
    await page.waitForTimeout(300)
    expect(await number(page, 'iteration')).toBe(0)
    expect(await number(page, 'loss')).toBeCloseTo(Math.LN2, 12)
    expect(await told(page)).toMatch(/^Ready/)
    // The curve has its start, and nothing else.
    const zero = page.locator('#loss-curve .tick.across').first()
    expect(await page.locator('#loss-curve .head').getAttribute('cx')).toBe(await zero.getAttribute('x'))
  })

  test.each(solvers)('%s says that setosa and versicolor are separated', async (solver) => {
    await choose(page, { ...separable, solver })
    await runThrough(page)
    expect(await told(page)).toMatch(/^Separated\. .*estimates do not exist/)
    expect(await page.getByRole('status').textContent()).toContain('Separated')
    expect(await page.locator('#wrong').textContent()).toBe('0 of 100')
    // A penalty is the remedy.
    await slideTo(page, 0.001)
    await press(page, 'Run')
    await ended(page)
    expect(await told(page)).toMatch(/^Converged/)
    expect(apart(await place(page), placeOf(fit({ ...separable, lambda: 0.001 })))).toBeLessThan(1e-6)
  })

  test('a thing is never paired with itself: the two change places', async () => {
    await page.getByLabel('negative').selectOption('virginica')
    expect(await page.getByLabel('positive').inputValue()).toBe('versicolor')
    await page.getByLabel('up', { exact: true }).selectOption('petal_length')
    expect(await page.getByLabel('across').inputValue()).toBe('petal_width')
    await runThrough(page)
    const swapped: Problem = {
      species: ['virginica', 'versicolor'],
      features: ['petal_width', 'petal_length'],
      lambda: 0.01,
    }
    expect(apart(await place(page), placeOf(fit(swapped)))).toBeLessThan(1e-6)
  })

  test('everything can be reached and used by keyboard', async () => {
    await page.locator('body').click({ position: { x: 1, y: 1 } })
    const order: string[] = []
    for (let k = 0; k < 11; k++) {
      await page.keyboard.press('Tab')
      order.push((await page.locator(':focus').getAttribute('id')) ?? '')
    }
    expect(order).toEqual('first second across up solver lambda run step stop reset pace'.split(' '))
    for (let k = 0; k < 3; k++) await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Space')
    await untilIteration(page, 1)
    expect(await number(page, 'iteration')).toBe(1)
  })

  test('every control and picture has a name', async () => {
    const nameless = await page.locator('select, input, button, svg[role="img"]').evaluateAll((all) =>
      all
        .filter((e) => {
          const labelled = 'labels' in e && (e.labels as NodeList | null)?.length
          return !labelled && !e.getAttribute('aria-label') && !(e.tagName === 'BUTTON' && e.textContent)
        })
        .map((e) => e.id),
    )
    expect(nameless).toEqual([])
  })

  test('the picture keeps drawing while the worker is at work at full speed', async () => {
    // Ten thousand iterations that do not get there.
    await choose(page, { ...separable, lambda: 1e-5, solver: 'gradient-descent' })
    await atPace(page, 'full speed')
    expect(page.workers()).toHaveLength(1)
    await page.evaluate(() => {
      const seen: string[] = []
      Object.assign(window, { seen })
      const look = () => {
        const shown = document.querySelector<HTMLDataElement>('#iteration')?.value ?? ''
        if (shown !== seen.at(-1)) seen.push(shown)
        requestAnimationFrame(look)
      }
      look()
    })
    await press(page, 'Run')
    await ended(page)
    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen.map(Number))
    expect(seen.at(-1)).toBe(10_000)
    // The start, the end, and frames on the way, in order.
    expect(seen.length).toBeGreaterThan(2)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(await told(page)).toMatch(/^Not there yet/)
  })

  test('a worker that cannot be loaded is told, and tried again', async () => {
    await page.route('**/worker*', (route) => route.abort())
    await page.reload()
    await page.locator('#verdict[data-state="failed"]').waitFor()
    expect(await told(page)).toMatch(/^Failed\. The worker could not be loaded/)
    expect(complaints.splice(0).join()).toMatch(/worker/)
    await page.unroute('**/worker*')
    await atPace(page, 'full speed')
    await press(page, 'Run again')
    await page.locator('#verdict[data-state="converged"]').waitFor()
    expect(apart(await place(page), placeOf(fit(START)))).toBeLessThan(1e-6)
  })

  test.each([320, 768, 1200])('fits a window of %i pixels', async (width) => {
    await page.setViewportSize({ width, height: 800 })
    await choose(page, { ...other, solver: 'newton' })
    await runThrough(page)
    const across = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(across).toBeLessThanOrEqual(width)
  })

  test.each(['light', 'dark'] as const)('text can be read in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    await runThrough(page)
    const faint = await page.evaluate(() => {
      const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number)
      const luminance = (colour: string) => {
        const [r, g, b] = channels(colour).map((c) =>
          c <= 10.31475 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4,
        )
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
      }
      const behind = (element: Element | null): string => {
        for (let e = element; e; e = e.parentElement) {
          const { backgroundColor } = getComputedStyle(e)
          if (channels(backgroundColor)[3] !== 0) return backgroundColor
        }
        return 'rgb(255, 255, 255)'
      }
      // What says that it is disabled may be faint.
      return [
        ...document.querySelectorAll(
          'h1, h2, p, legend, label, button:not([aria-disabled=true]), select, dt, dd, strong, text',
        ),
      ]
        .map((e) => {
          const style = getComputedStyle(e)
          const ink = luminance(e instanceof SVGElement ? style.fill : style.color)
          const paper = luminance(behind(e))
          const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05)
          return { text: e.textContent?.slice(0, 20), ratio }
        })
        .filter(({ ratio }) => !(ratio >= 4.5))
    })
    expect(faint).toEqual([])
  })
})
