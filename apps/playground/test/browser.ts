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

export interface Browser {
  /** A new page of the site, at its start, and what it complains of: errors on the console, exceptions, broken rules of the policy. */
  open(site: Site): Promise<{ page: Page; complaints: string[] }>
  close(): Promise<void>
}

/** Chromium with a profile of its own, empty and removed afterwards. */
export async function browser(): Promise<Browser> {
  const profile = scratch('profile')
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath,
    viewport: { width: 1200, height: 1000 },
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
    async open({ url }) {
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`))
      await page.goto(url)
      await page.locator('#loss[value]:not([value=""])').waitFor()
      return { page, complaints }
    },
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}
