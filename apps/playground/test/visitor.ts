// What a visitor does and reads, in the page's own terms.
import type { Page } from 'playwright'
import type { SolverName } from '../src/solvers.ts'
import type { Problem } from './reference.ts'

/** Chooses by the labels that a visitor sees. */
export async function choose(page: Page, problem: Problem & { solver: SolverName }): Promise<void> {
  const [negative, positive] = problem.species
  const [across, up] = problem.features
  await page.getByLabel('negative').selectOption(negative)
  await page.getByLabel('positive').selectOption(positive)
  await page.getByLabel('across').selectOption(across)
  await page.getByLabel('up', { exact: true }).selectOption(up)
  await page.getByLabel('solver').selectOption(problem.solver)
  await slideTo(page, problem.lambda)
}

/** Moves the slider, by keys, to the place that says `lambda`. */
export async function slideTo(page: Page, lambda: number): Promise<void> {
  const slider = page.getByLabel('ridge λ')
  await slider.focus()
  await page.keyboard.press('Home')
  for (let k = 0; Number(await page.locator('#lambda-text').textContent()) !== lambda; k++) {
    if (k > 20) throw new Error(`the slider has no ${lambda}`)
    await page.keyboard.press('ArrowRight')
  }
}

export const press = (page: Page, name: 'Run' | 'Run again' | 'Pause' | 'Step' | 'Stop' | 'Reset') =>
  page.getByRole('button', { name, exact: true }).click()

export const atPace = (page: Page, pace: 'slow motion' | 'to watch' | 'full speed') =>
  page.getByLabel('pace').selectOption({ label: pace })

/** Runs to the end at full speed. */
export async function runThrough(page: Page): Promise<void> {
  await atPace(page, 'full speed')
  await press(page, 'Run')
  await ended(page)
}

/** Waits for the end, and for the frame in which it is drawn. */
export async function ended(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run again' }).waitFor()
  await page.getByRole('status').filter({ hasText: /\S/ }).waitFor({ state: 'attached' })
}

/** A number of the page with all its digits; NaN where there is none. */
export async function number(page: Page, id: 'iteration' | 'loss' | 'gradient' | 'gap'): Promise<number> {
  const value = await page.locator(`#${id}`).getAttribute('value')
  return value ? Number(value) : Number.NaN
}

/** Intercept and the two coefficients, with all their digits. */
export async function place(page: Page): Promise<number[]> {
  const values = await page
    .locator('#equation data')
    .evaluateAll((all) => all.map((e) => e.getAttribute('value')))
  return values.map(Number)
}

export const told = async (page: Page) => ((await page.locator('#verdict').textContent()) ?? '').trim()

/** Waits until the page shows an iteration that passes. */
export async function untilIteration(page: Page, least: number): Promise<void> {
  await page.waitForFunction(
    (k) => Number(document.querySelector<HTMLDataElement>('#iteration')?.value) >= k,
    least,
  )
}
