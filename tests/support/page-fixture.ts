import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { buildUi } from '../../scripts/build-ui.ts'
import { systemClock } from '../../src/clock/system-clock.ts'
import { type ApiFixture, startApi } from './api-fixture.ts'
import { chromiumPath } from './machine.ts'
import { StubBackend } from './stub-backend.ts'

export interface PageFixture {
  readonly backend: StubBackend
  readonly api: ApiFixture
  readonly url: string
  /** A fresh browser profile with the page open and signed in, unless it is told where to go. */
  open(options?: BrowserContextOptions & { readonly path?: string }): Promise<Page>
  launchUrl(): string
  /** What no page may do: ask another host, break its policy, throw. */
  readonly complaints: readonly string[]
  stop(): Promise<void>
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-dev-shm-usage',
]

/** The built page on a stub node, in a real browser. */
export async function startPage(): Promise<PageFixture> {
  const backend = new StubBackend(systemClock)
  const api = await startApi({ backend, clock: systemClock, assets: await buildUi() })
  const executablePath = chromiumPath()
  const browser: Browser = await chromium.launch({
    args: FLAGS,
    ...(executablePath === undefined ? {} : { executablePath }),
  })
  const url = `http://127.0.0.1:${api.port}/`
  const complaints: string[] = []
  const launchUrl = () => `${url}#t=${api.credentials.issueLaunch().secret}`
  return {
    backend,
    api,
    url,
    complaints,
    launchUrl,
    open: async ({ path, ...options } = {}) => {
      const context = await browser.newContext({
        reducedMotion: 'reduce',
        viewport: { width: 1_280, height: 900 },
        ...options,
      })
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      page.on('pageerror', (error) => complaints.push(`threw: ${error.message}`))
      page.on('request', (request) => {
        if (!request.url().startsWith(url)) complaints.push(`asked for ${request.url()}`)
      })
      page.on('console', (message) => {
        if (/Content Security Policy|TrustedScript|TrustedHTML/.test(message.text())) {
          complaints.push(message.text())
        }
      })
      await page.goto(path === undefined ? launchUrl() : `${url}${path}`)
      if (path === undefined) await page.locator('.freshness.live, .first-run').waitFor()
      return page
    },
    stop: async () => {
      await browser.close()
      await api.stop()
    },
  }
}

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds serious or worse, as `rule: where`. */
export async function seriousFaults(page: Page): Promise<string[]> {
  // Evaluated rather than added as a script, which the page's own policy rightly refuses.
  await page.evaluate(await axeSource)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { readonly axe: { run(): Promise<AxeResults> } }
    const { violations } = await axe.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`))
  })
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string
    readonly impact: string
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
  }[]
}
