// A real Chromium, and a page with the kernels on a server of this machine, with the headers that a test is about.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, type Page } from 'playwright'
import { bundled } from './bundled.ts'

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

/** Whether browser tests are skipped: on a machine without one, but never in CI, where it has to be there. */
export const WITHOUT_BROWSER = !existsSync(executablePath) && !process.env.CI

export const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}

export interface Browser {
  /** The page with these headers, and what it complains of. */
  visit(
    headers: Record<string, string>,
  ): Promise<{ page: Page; complaints: string[]; leave(): Promise<void> }>
  close(): Promise<void>
}

/** Chromium with a profile of its own, empty and removed afterwards. */
export async function browser(): Promise<Browser> {
  if (!existsSync(executablePath)) throw new Error(`no browser at ${executablePath}; set CHROMIUM_PATH`)
  const script = await bundled(new URL('./page.ts', import.meta.url), 'iife')
  const profile = mkdtempSync(path.join(tmpdir(), 'logodds-profile-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
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
    async visit(headers) {
      const server = createServer(({ url }, response) => {
        const isScript = url === '/page.js'
        const type = isScript ? 'text/javascript' : 'text/html'
        response.writeHead(isScript || url === '/' ? 200 : 204, { ...headers, 'content-type': type })
        response.end(
          isScript ? script : '<!doctype html><link rel="icon" href="data:,"><script src="page.js"></script>',
        )
      })
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve)
      })
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(String(error)))
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
      return {
        page,
        complaints,
        async leave() {
          await page.close()
          server.closeAllConnections()
          server.close()
        },
      }
    },
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}
