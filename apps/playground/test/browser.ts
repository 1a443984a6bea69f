// A real Chromium and the built page on a server of this machine; what the browser complains of is kept.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { build, createServer, type PreviewServer, preview, type ViteDevServer } from 'vite'

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

/** Whether browser tests are skipped: on a machine without one, but never in CI, where it has to be there. */
export const WITHOUT_BROWSER = !existsSync(executablePath) && !process.env.CI

export interface Site {
  readonly url: string
  close(): Promise<void>
}

const root = fileURLToPath(new URL('..', import.meta.url))
const scratch = (name: string) => mkdtempSync(path.join(tmpdir(), `logodds-${name}-`))
const VIEWPORT = { width: 1200, height: 1000 }
const local = { port: 0, host: '127.0.0.1' }

/** The page as it is published. */
export async function builtSite(): Promise<Site & { readonly folder: string }> {
  const folder = scratch('site')
  const outDir = { outDir: folder, emptyOutDir: true }
  await build({ root, logLevel: 'warn', build: outDir })
  const server = await preview({ root, logLevel: 'warn', build: outDir, preview: local })
  return { ...serving(server), folder }
}

/** The page as it is developed: sources, one by one. */
export async function developedSite(): Promise<Site> {
  const cacheDir = scratch('vite')
  const server = await createServer({ root, cacheDir, logLevel: 'warn', server: local })
  const site = serving(await server.listen())
  return {
    ...site,
    async close() {
      await site.close()
      rmSync(cacheDir, { recursive: true, force: true })
    },
  }
}

function serving(server: ViteDevServer | PreviewServer): Site {
  const [url] = server.resolvedUrls?.local ?? []
  if (!url) throw new Error('the server has no address')
  return { url, close: () => server.close() }
}

/** A page, and what it complains of: errors and warnings on the console, exceptions, requests that failed. */
export interface Visit {
  readonly page: Page
  readonly complaints: string[]
  /** To the start of a site, with nothing to complain of yet. */
  to(site: Site): Promise<void>
}

export interface Browser {
  visit(): Promise<Visit>
  close(): Promise<void>
}

/** Chromium with a profile of its own, empty and removed afterwards. */
export async function browser(): Promise<Browser> {
  if (!existsSync(executablePath)) throw new Error(`no browser at ${executablePath}; set CHROMIUM_PATH`)
  const profile = scratch('profile')
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath,
    viewport: VIEWPORT,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--no-proxy-server',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  return {
    async visit() {
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`))
      return {
        page,
        complaints,
        async to({ url }) {
          await page.setViewportSize(VIEWPORT)
          await page.emulateMedia({ colorScheme: 'light' })
          complaints.length = 0
          await page.goto(url)
          await page.locator('#loss[value]:not([value=""])').waitFor()
        },
      }
    },
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}
